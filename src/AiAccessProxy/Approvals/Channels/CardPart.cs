namespace AiAccessProxy.Approvals.Channels;

/// <summary>One part of the call, or a field that the rules show, as a card says it.</summary>
/// <param name="Name"><c>body.amount</c>, <c>Content-Type</c>, <c>body</c>.</param>
internal sealed record CardPart(SafeText Name, IReadOnlyList<CardSpan> Spans)
{
    /// <summary>Nothing stands there in the call; to be told from what has no room.</summary>
    public bool IsAbsent { get; init; }
}
