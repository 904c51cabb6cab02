using System.Collections.Concurrent;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Tests.Approvals;

/// <summary>A ledger whose every hint is lost, and that goes away when it is told to.</summary>
internal sealed class FragileLedger(ILedger ledger) : ILedger
{
    private int _changes;

    /// <summary>It can neither be read nor written.</summary>
    public bool IsGone { get; set; }

    /// <summary>It can be read, not written.</summary>
    public bool IsFull { get; set; }

    /// <summary>Registers that somebody altered: refused for good, and listed nowhere.</summary>
    public Predicate<RegisterId> IsAltered { get; set; } = _ => false;

    /// <summary>Makes a change, or does not, and says so, or does not.</summary>
    public Func<Change, Task<Outcome>>? Making { get; set; }

    /// <summary>What it counts is not what stands.</summary>
    public bool CountsLate { get; set; }

    /// <summary>Changes that it was given, whatever became of them.</summary>
    public int Changes => Volatile.Read(ref _changes);

    /// <summary>Registers that were read because they had moved from what was known.</summary>
    public ConcurrentBag<RegisterId> Read { get; } = [];

    public Epoch Epoch => ledger.Epoch;

    public ValueTask<Position> AppendAsync(LedgerRecord record, CancellationToken cancellationToken) =>
        IsGone || IsFull ? throw Gone() : ledger.AppendAsync(record, cancellationToken);

    public ValueTask<Outcome> CommitAsync(Change change, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _changes);
        if (change.Moves.Any(move => IsAltered(move.Id))) throw Altered();
        return IsGone || IsFull ? throw Gone() : Making is { } make ? new(make(change)) : ledger.CommitAsync(change, cancellationToken);
    }

    public ValueTask<Register?> ReadAsync(RegisterId id, CancellationToken cancellationToken) =>
        IsGone ? throw Gone() : IsAltered(id) ? throw Altered() : ledger.ReadAsync(id, cancellationToken);

    /// <summary>As a ledger that follows what moves: only what is later than is known is read.</summary>
    public async IAsyncEnumerable<Register> ReadMovedAsync(
        IReadOnlyCollection<Seen> known, bool upToNow, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (id, revision) in known)
        {
            if (IsAltered(id)) continue;
            if (await ReadAsync(id, cancellationToken) is not { } register || register.Revision <= revision) continue;
            Read.Add(id);
            yield return register;
        }
    }

    public ValueTask<Register?> FindAsync(UniqueKey key, CancellationToken cancellationToken) =>
        IsGone ? throw Gone() : ledger.FindAsync(key, cancellationToken);

    public IAsyncEnumerable<Register> DueAsync(string kind, DateTimeOffset before, CancellationToken cancellationToken) =>
        IsGone ? throw Gone() : ledger.DueAsync(kind, before, cancellationToken).Where(register => !IsAltered(register.Id));

    public IAsyncEnumerable<Register> LiveAsync(string kind, string? group, CancellationToken cancellationToken) =>
        IsGone ? throw Gone() : ledger.LiveAsync(kind, group, cancellationToken).Where(register => !IsAltered(register.Id));

    public ValueTask<int> LiveCountAsync(string kind, string group, CancellationToken cancellationToken) =>
        IsGone ? throw Gone() : CountsLate ? new(0) : ledger.LiveCountAsync(kind, group, cancellationToken);

    public IAsyncEnumerable<Entry> ReadFromAsync(Position after, CancellationToken cancellationToken) =>
        ledger.ReadFromAsync(after, cancellationToken);

    public async IAsyncEnumerable<RegisterId> ChangesAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        yield break;
    }

    private static LedgerUnavailableException Altered() => new("it was put back") { IsAltered = true };

    private static LedgerUnavailableException Gone() => new("the disk is gone");
}
