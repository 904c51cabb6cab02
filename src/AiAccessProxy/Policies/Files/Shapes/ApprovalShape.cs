using System.ComponentModel;

namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>Who has to agree, and in what time.</summary>
internal sealed record ApprovalShape
{
    [Description("All of these; one person meets one need only.")]
    [Schema("""{ "maxItems": 20 }""")]
    public required IReadOnlyList<NeedShape> Need { get; init; }

    [Span("1s", "30d")]
    public string? DecideWithin { get; init; }

    [Span("1s", "1d")]
    public string? UseWithin { get; init; }
}
