using System.ComponentModel;

namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>Who has to agree, and in what time.</summary>
internal sealed record ApprovalShape
{
    [Description("All of these; one person meets one need only.")]
    public required IReadOnlyList<NeedShape> Need { get; init; }

    [Pattern(Pattern.Span)]
    public string? DecideWithin { get; init; }

    [Pattern(Pattern.Span)]
    public string? UseWithin { get; init; }
}
