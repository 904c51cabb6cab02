using System.Diagnostics;

namespace AiAccessProxy.Ledger;

/// <summary>
/// The proof that a call may be sent: its record stands in the ledger. It can be made in no other way than by writing that record, and the
/// forwarder sends nothing without one: the compiler, not discipline, sees that what cannot be recorded does not happen.
/// </summary>
internal sealed class Cleared
{
    private readonly TimeProvider _time;
    private readonly long _asked;
    private int _spent;

    private Cleared(Position position, LedgerRecord record, TimeProvider time, long asked, TimeSpan? sendWithin) =>
        (Position, Record, _time, _asked, SendWithin) = (position, record, time, asked, sendWithin);

    public Position Position { get; }

    /// <summary>The record that cleared the call; its <see cref="RecordedAction.Digest"/> says which call that is.</summary>
    public LedgerRecord Record { get; }

    /// <summary>How long after it was asked for the first byte may leave; null when it does not matter.</summary>
    public TimeSpan? SendWithin { get; }

    /// <summary>A privileged call: sent on a connection of its own, once, and not after <see cref="SendWithin"/>.</summary>
    public bool IsPrivileged => SendWithin is not null;

    /// <summary>True while the first byte may still leave. Monotonic, counted from before the clearance was asked for.</summary>
    public bool MayStillBeSent => SendWithin is not { } limit || _time.GetElapsedTime(_asked) < limit;

    /// <summary>True for the first who asks: a clearance lets one call through.</summary>
    public bool TrySpend() => Interlocked.Exchange(ref _spent, 1) == 0;

    /// <summary>Clears a plain allow.</summary>
    public static async ValueTask<Cleared> AppendAsync(ILedger ledger, LedgerRecord record, TimeProvider time, CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        return new(await ledger.AppendAsync(record, cancellationToken), record, time, asked, null);
    }

    /// <summary>Clears a privileged call: <paramref name="change"/> takes its ticket to executing. Null with the outcome when it was not done.</summary>
    public static async ValueTask<(Cleared? Cleared, Outcome Outcome)> CommitAsync(
        ILedger ledger, Change change, TimeProvider time, TimeSpan sendWithin)
    {
        Debug.Assert(change.Moves.Count > 0, "A privileged call is cleared by moving its ticket.");
        var asked = time.GetTimestamp();
        // Not cancellable: once the edge may have been taken, what became of it has to be known.
        var outcome = await ledger.CommitAsync(change, CancellationToken.None);
        return (outcome is Outcome.Done done ? new(done.Last, change.Records[^1], time, asked, sendWithin) : null, outcome);
    }
}
