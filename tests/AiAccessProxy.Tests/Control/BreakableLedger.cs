using System.Runtime.CompilerServices;
using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Embedded;

namespace AiAccessProxy.Tests.Control;

/// <summary>A real ledger that can be made to fail.</summary>
internal sealed class BreakableLedger(EmbeddedLedger inner) : ILedger, IDisposable
{
    /// <summary>Nothing can be recorded.</summary>
    public bool CannotWrite { get; set; }

    /// <summary>The past cannot be read; registers can.</summary>
    public bool CannotReadBack { get; set; }

    /// <summary>Called before each entry of the past is handed out.</summary>
    public Func<Entry, ValueTask>? ReadingBack { get; set; }

    public LedgerHealth Health => inner.Health;

    public Epoch Epoch => inner.Epoch;

    public ValueTask<Position> AppendAsync(LedgerRecord record, CancellationToken cancellationToken) =>
        CannotWrite ? throw Down() : inner.AppendAsync(record, cancellationToken);

    public ValueTask<Outcome> CommitAsync(Change change, CancellationToken cancellationToken) =>
        CannotWrite ? throw Down() : inner.CommitAsync(change, cancellationToken);

    public ValueTask<Register?> ReadAsync(RegisterId id, CancellationToken cancellationToken) => inner.ReadAsync(id, cancellationToken);

    public ValueTask<Register?> FindAsync(UniqueKey key, CancellationToken cancellationToken) => inner.FindAsync(key, cancellationToken);

    public IAsyncEnumerable<Register> DueAsync(string kind, DateTimeOffset before, CancellationToken cancellationToken) =>
        inner.DueAsync(kind, before, cancellationToken);

    public IAsyncEnumerable<Register> LiveAsync(string kind, string? group, CancellationToken cancellationToken) =>
        inner.LiveAsync(kind, group, cancellationToken);

    public ValueTask<int> LiveCountAsync(string kind, string group, CancellationToken cancellationToken) => inner.LiveCountAsync(kind, group, cancellationToken);

    public async IAsyncEnumerable<Entry> ReadFromAsync(Position after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in inner.ReadFromAsync(after, cancellationToken))
        {
            if (CannotReadBack) throw Down();
            if (ReadingBack is { } reading) await reading(entry);
            yield return entry;
        }
    }

    public IAsyncEnumerable<RegisterId> ChangesAsync(CancellationToken cancellationToken) => inner.ChangesAsync(cancellationToken);

    public void Dispose() => inner.Dispose();

    private static LedgerUnavailableException Down() => new("The disk is full, says the test.");
}
