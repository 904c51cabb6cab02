using System.ComponentModel;

namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>Approvals by distinct people.</summary>
internal sealed record NeedShape
{
    [Schema("""{ "minimum": 1, "maximum": 20 }""")]
    public int? Approvals { get; init; }

    [Description("group:name or person:id; any of them.")]
    [Pattern(Pattern.People)]
    public required IReadOnlyList<string> From { get; init; }
}
