namespace AiAccessProxy.Ledger;

/// <summary>
/// Records and moves that happen together or not at all. Only a move that keeps a live register alive (a lease) may come without a record.
/// </summary>
internal sealed record Change(IReadOnlyList<LedgerRecord> Records, IReadOnlyList<Move> Moves)
{
    public IReadOnlyList<Check> Checks { get; init; } = [];

    /// <summary>The only epoch in which it may be made: in another it is <see cref="Outcome.NewEpoch"/>. Null: in any.</summary>
    public Epoch? Epoch { get; init; }

    /// <summary>
    /// What a known person does, and without which they could decide nothing: a click, a sign-in, the suspension of an agent. Where space is reserved
    /// for decisions, it may take a part of that. Never for what somebody unknown can cause, or junk would stop decisions.
    /// </summary>
    public bool IsPersons { get; init; }
}
