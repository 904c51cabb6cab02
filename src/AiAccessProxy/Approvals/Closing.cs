using System.Collections.Concurrent;
using AiAccessProxy.Actions;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Approvals;

/// <summary>
/// Puts on record what became of calls. When the ledger cannot take it, the outcome is kept and tried again every second for as long as
/// the process lives; what is lost even so is shouted about, and the ticket becomes unknown.
/// </summary>
internal sealed partial class Closing(Running running, Recording recording, TimeProvider time, ILogger<Closing> logger) : IDisposable
{
    private const int MostKept = 10_000;

    /// <summary>After so long no ledger makes a change any more that it gave no answer to.</summary>
    private static readonly TimeSpan Doubtful = TimeSpan.FromSeconds(15);

    private readonly ConcurrentQueue<Kept> _kept = [];

    // Who looks at the first that is kept and takes it away must be alone, or two would record it twice and take another away unrecorded.
    private readonly SemaphoreSlim _retrying = new(1, 1);
    private volatile bool _isOver;

    public async ValueTask CloseAsync(LedgerRecord cleared, ActionOutcome outcome)
    {
        try
        {
            await RecordAsync(cleared, outcome);
        }
        catch (LedgerUnavailableException unavailable)
        {
            if (TryKeep(new(cleared, outcome, null))) Log.Kept(logger, cleared.Id, cleared.Ticket, Words(outcome), unavailable);
            else Log.Lost(logger, cleared.Id, cleared.Ticket, Words(outcome));
        }
    }

    /// <summary>
    /// The use that <paramref name="cleared"/> tells of may have been taken, and nobody sent anything for it. As soon as the ledger answers again the
    /// ticket ends as not sent, unless it was never taken. Gives back what its caller is to be told.
    /// </summary>
    public LedgerUnavailableException NotSent(LedgerRecord cleared, LedgerUnavailableException why)
    {
        var notSent = new ActionOutcome.NotSent("the ledger did not say in time whether it may be sent", TimeSpan.Zero);
        if (TryKeep(new(cleared, notSent, time.GetTimestamp()))) Log.Doubted(logger, cleared.Id, cleared.Ticket, why);
        else Log.Lost(logger, cleared.Id, cleared.Ticket, Words(notSent));
        return new(why.Message, why);
    }

    /// <summary>Tries once more what could not be recorded. May be asked for by several at once.</summary>
    /// <exception cref="LedgerUnavailableException">It still cannot.</exception>
    public async ValueTask RetryAsync()
    {
        await _retrying.WaitAsync();
        try
        {
            for (var left = _kept.Count; left > 0 && _kept.TryPeek(out var first); left--)
            {
                var isSettled = await SettleAsync(first);
                _kept.TryDequeue(out _);
                if (!isSettled) _kept.Enqueue(first);
            }
        }
        finally
        {
            _retrying.Release();
        }
    }

    /// <summary>The process ends: what is still not on record will never be.</summary>
    public void GiveUp()
    {
        _isOver = true;
        while (_kept.TryDequeue(out var lost))
        {
            if (lost.Since is null) Log.Lost(logger, lost.Cleared.Id, lost.Cleared.Ticket, Words(lost.Outcome));
            else Log.LeftInDoubt(logger, lost.Cleared.Id, lost.Cleared.Ticket);
        }
    }

    public void Dispose() => _retrying.Dispose();

    private bool TryKeep(Kept kept)
    {
        if (_isOver || _kept.Count >= MostKept) return false;
        _kept.Enqueue(kept);
        return true;
    }

    /// <summary>False when it has to be looked at again.</summary>
    private async ValueTask<bool> SettleAsync(Kept kept)
    {
        if (kept.Since is not { } since)
        {
            await RecordAsync(kept.Cleared, kept.Outcome);
            return true;
        }

        // Asked before the ticket is: what is found then stands.
        var isOld = time.GetElapsedTime(since) >= Doubtful;
        try
        {
            switch (await running.CloseAsync(new(kept.Cleared.Ticket!), kept.Cleared, kept.Outcome))
            {
                case RunEnd.NotBegun:
                    return isOld;
                case RunEnd.GivenUp:
                    await RecordLateAsync(kept.Cleared, kept.Outcome);
                    return true;
                default:
                    return true;
            }
        }
        catch (LedgerUnavailableException altered) when (altered.IsAltered)
        {
            // Nobody moves it any more, so nothing is sent for it either.
            return true;
        }
    }

    private async ValueTask RecordAsync(LedgerRecord cleared, ActionOutcome outcome)
    {
        if (cleared.Ticket is not { } ticket)
        {
            await recording.OutcomeAsync(cleared, outcome);
            return;
        }

        try
        {
            if (await running.CloseAsync(new(ticket), cleared, outcome) == RunEnd.Closed) return;
        }
        catch (LedgerUnavailableException altered) when (altered.IsAltered)
        {
            Log.Altered(logger, ticket, Words(outcome));
            await recording.OutcomeAsync(cleared, outcome, "the ticket was altered in the ledger's store, or put back, and moves no more");
            running.Forget(new(ticket));
            return;
        }

        await RecordLateAsync(cleared, outcome);
    }

    private async ValueTask RecordLateAsync(LedgerRecord cleared, ActionOutcome outcome)
    {
        Log.Late(logger, cleared.Ticket!, Words(outcome));
        await recording.OutcomeAsync(cleared, outcome, "the ticket had been given up as unknown before this became known");
    }

    private static string Words(ActionOutcome outcome) => outcome switch
    {
        ActionOutcome.Answered answered => $"answered {answered.Status}",
        ActionOutcome.NotSent => "not sent",
        _ => "unknown",
    };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Critical, "The outcome of the call cleared by {Record} (ticket {Ticket}) is {Outcome} and cannot be recorded now; it is kept and tried again")]
        public static partial void Kept(ILogger logger, Guid record, string? ticket, string outcome, Exception exception);

        [LoggerMessage(2, LogLevel.Critical, "The outcome of the call cleared by {Record} (ticket {Ticket}) was {Outcome} and will never be on record")]
        public static partial void Lost(ILogger logger, Guid record, string? ticket, string outcome);

        [LoggerMessage(3, LogLevel.Critical, "Ticket {Ticket} was given up as unknown while its call was being sent; its outcome is {Outcome}")]
        public static partial void Late(ILogger logger, string ticket, string outcome);

        [LoggerMessage(4, LogLevel.Critical, "Ticket {Ticket} was altered in the ledger's store while its call was being sent; its outcome is {Outcome}")]
        public static partial void Altered(ILogger logger, string ticket, string outcome);

        [LoggerMessage(5, LogLevel.Warning, "The ledger did not say whether {Record} took ticket {Ticket} to executing; nothing is sent, and the ticket will say so")]
        public static partial void Doubted(ILogger logger, Guid record, string? ticket, Exception exception);

        [LoggerMessage(6, LogLevel.Error, "It was never learned whether {Record} took ticket {Ticket} to executing; nothing was sent, and the ticket may become unknown")]
        public static partial void LeftInDoubt(ILogger logger, Guid record, string? ticket);
    }

    /// <param name="Since">From when on it is in doubt whether it began at all; null when it did.</param>
    private sealed record Kept(LedgerRecord Cleared, ActionOutcome Outcome, long? Since);
}
