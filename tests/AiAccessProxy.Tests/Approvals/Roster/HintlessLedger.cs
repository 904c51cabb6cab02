using AiAccessProxy.Ledger;

namespace AiAccessProxy.Tests.Approvals.Roster;

/// <summary>A ledger all of whose hints are lost.</summary>
internal sealed class HintlessLedger(ILedger inner) : ILedger
{
    public Epoch Epoch => inner.Epoch;

    public ValueTask<Position> AppendAsync(LedgerRecord record, CancellationToken cancellationToken) => inner.AppendAsync(record, cancellationToken);

    public ValueTask<Outcome> CommitAsync(Change change, CancellationToken cancellationToken) => inner.CommitAsync(change, cancellationToken);

    public ValueTask<Register?> ReadAsync(RegisterId id, CancellationToken cancellationToken) => inner.ReadAsync(id, cancellationToken);

    public ValueTask<Register?> FindAsync(UniqueKey key, CancellationToken cancellationToken) => inner.FindAsync(key, cancellationToken);

    public IAsyncEnumerable<Register> DueAsync(string kind, DateTimeOffset before, CancellationToken cancellationToken) =>
        inner.DueAsync(kind, before, cancellationToken);

    public IAsyncEnumerable<Register> LiveAsync(string kind, string? group, CancellationToken cancellationToken) =>
        inner.LiveAsync(kind, group, cancellationToken);

    public ValueTask<int> LiveCountAsync(string kind, string group, CancellationToken cancellationToken) =>
        inner.LiveCountAsync(kind, group, cancellationToken);

    public IAsyncEnumerable<Entry> ReadFromAsync(Position after, CancellationToken cancellationToken) => inner.ReadFromAsync(after, cancellationToken);

    public async IAsyncEnumerable<RegisterId> ChangesAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        yield break;
    }
}
