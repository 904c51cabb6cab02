namespace AiAccessProxy.Ledger.Embedded;

/// <summary>A folder as it was found and repaired.</summary>
internal sealed record Opened(SegmentFile Segment, Vault Vault, RegisterBook Book, Position Last)
{
    /// <summary>The latest time that the store has given.</summary>
    public required DateTimeOffset Clock { get; init; }

    /// <summary>What had to be repaired, in words; null when nothing.</summary>
    public required string? Repaired { get; init; }
}
