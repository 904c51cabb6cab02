using System.ComponentModel;

namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>Approvals by distinct people.</summary>
internal sealed record NeedShape
{
    public int? Approvals { get; init; }

    [Description("group:name or person:id; any of them.")]
    [Pattern(Pattern.Reference)]
    public required IReadOnlyList<string> From { get; init; }
}
