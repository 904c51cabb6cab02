namespace AiAccessProxy.Ledger.Embedded;

/// <summary>
/// A line of a segment or snapshot. A change is one or more lines: its records first, then its moves. The first says how many lines there are
/// (<c>lines</c>, left out for 1), the others which they are (<c>line</c>), and each checksum is seeded with the one before, so that a
/// change is there whole or not at all.
/// </summary>
internal abstract record Line
{
    private Line()
    {
    }

    /// <summary>1 for the first line of a change.</summary>
    public int Number { get; init; } = 1;

    /// <summary>On the first line: how many lines the change has.</summary>
    public int Lines { get; init; } = 1;

    /// <summary>Opens a segment, or a snapshot of the registers as they stood before that segment.</summary>
    public sealed record Header(int Segment, long First, DateTimeOffset StoredAt) : Line
    {
        /// <summary>
        /// How many bytes of the segment before count. Whatever follows there was refused to its askers when a write or an fsync failed, and
        /// stays refused even if it should have reached the disk. Null in the first segment.
        /// </summary>
        public long? PreviousBytes { get; init; }

        /// <summary>In a snapshot: how many registers follow.</summary>
        public int? Registers { get; init; }
    }

    /// <summary>Says that so many bytes of this segment had been made durable when this was written: damage before there is no torn tail.</summary>
    public sealed record Durable(long Bytes) : Line;

    /// <summary>A record with the exact bytes that are kept.</summary>
    public sealed record Recorded(Position Position, DateTimeOffset StoredAt, ReadOnlyMemory<byte> Stored) : Line;

    /// <summary>A register as it stands after a move.</summary>
    public sealed record Moved(Held Held, SealedState? Sealed) : Line;
}
