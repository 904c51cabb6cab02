namespace AiAccessProxy.Ledger;

/// <summary>Records and moves that happen together or not at all.</summary>
internal sealed record Change(IReadOnlyList<LedgerRecord> Records, IReadOnlyList<Move> Moves)
{
    public IReadOnlyList<Check> Checks { get; init; } = [];
}
