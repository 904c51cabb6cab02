using System.ComponentModel;

namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>Which tokens prove an agent.</summary>
internal sealed record AgentTokenShape
{
    [Pattern(Pattern.Id)]
    public required string Issuer { get; init; }

    [Description("What its tokens claim, all of it.")]
    [Schema("""{ "minProperties": 1 }""")]
    public required IReadOnlyDictionary<string, string> Claims { get; init; }
}
