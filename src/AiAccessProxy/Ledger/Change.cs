namespace AiAccessProxy.Ledger;

/// <summary>
/// Records and moves that happen together or not at all. Only a move that keeps a live register alive (a lease) may come without a record.
/// </summary>
internal sealed record Change(IReadOnlyList<LedgerRecord> Records, IReadOnlyList<Move> Moves)
{
    public IReadOnlyList<Check> Checks { get; init; } = [];

    /// <summary>The only epoch in which it may be made: in another it is <see cref="Outcome.NewEpoch"/>. Null: in any.</summary>
    public Epoch? Epoch { get; init; }
}
