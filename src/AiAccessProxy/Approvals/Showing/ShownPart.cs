namespace AiAccessProxy.Approvals.Showing;

/// <summary>One part of a call: <paramref name="Kind"/> is <c>method</c>, <c>target</c>, <c>header</c> or <c>body</c>; a header has its name.</summary>
internal sealed record ShownPart(string Kind, string? Name, IReadOnlyList<ShownSpan> Spans)
{
    /// <summary>How a body goes out that is shown decompressed; null for everything that is sent as it is shown.</summary>
    public ShownCoding? Sent { get; init; }
}
