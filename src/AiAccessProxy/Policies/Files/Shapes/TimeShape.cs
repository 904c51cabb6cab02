using System.ComponentModel;

namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>A window of time.</summary>
[Schema("""{ "anyOf": [{ "required": ["days"] }, { "required": ["hours"] }] }""")]
internal sealed record TimeShape
{
    [Words(nameof(Files.Words.Days))]
    public IReadOnlyList<string>? Days { get; init; }

    [Description("08:00-18:00.")]
    [Pattern(Pattern.Hours)]
    public string? Hours { get; init; }

    [Description("Europe/Berlin, or UTC.")]
    [Pattern(Pattern.Zone)]
    public required string Zone { get; init; }
}
