using AiAccessProxy.Ledger;

namespace AiAccessProxy.Tests.Approvals;

/// <summary>A ledger whose store is started anew when it is told to; what it knows of that itself may come later than it is so.</summary>
internal sealed class RestartedLedger(ILedger ledger) : ILedger
{
    private Epoch _is = new("run-1");

    /// <summary>As far as is known; set by itself when a change tells.</summary>
    public Epoch Epoch { get; private set; } = new("run-1");

    public void Restart(string run, bool isKnown = true)
    {
        _is = new(run);
        if (isKnown) Epoch = _is;
    }

    public ValueTask<Outcome> CommitAsync(Change change, CancellationToken cancellationToken)
    {
        Epoch = _is;
        return change.Epoch is { } asked && asked != _is
            ? new(new Outcome.NewEpoch(_is))
            : ledger.CommitAsync(change with { Epoch = null }, cancellationToken);
    }

    public ValueTask<Position> AppendAsync(LedgerRecord record, CancellationToken cancellationToken) => ledger.AppendAsync(record, cancellationToken);

    public ValueTask<Register?> ReadAsync(RegisterId id, CancellationToken cancellationToken) => ledger.ReadAsync(id, cancellationToken);

    public ValueTask<Register?> FindAsync(UniqueKey key, CancellationToken cancellationToken) => ledger.FindAsync(key, cancellationToken);

    public IAsyncEnumerable<Register> DueAsync(string kind, DateTimeOffset before, CancellationToken cancellationToken) =>
        ledger.DueAsync(kind, before, cancellationToken);

    public IAsyncEnumerable<Register> LiveAsync(string kind, string? group, CancellationToken cancellationToken) =>
        ledger.LiveAsync(kind, group, cancellationToken);

    public ValueTask<int> LiveCountAsync(string kind, string group, CancellationToken cancellationToken) =>
        ledger.LiveCountAsync(kind, group, cancellationToken);

    public IAsyncEnumerable<Entry> ReadFromAsync(Position after, CancellationToken cancellationToken) => ledger.ReadFromAsync(after, cancellationToken);

    public IAsyncEnumerable<RegisterId> ChangesAsync(CancellationToken cancellationToken) => ledger.ChangesAsync(cancellationToken);
}
