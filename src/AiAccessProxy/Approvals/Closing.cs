using System.Collections.Concurrent;
using AiAccessProxy.Actions;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Approvals;

/// <summary>
/// Puts on record what became of calls. When the ledger cannot take it, the outcome is kept and tried again every second for as long as
/// the process lives; what is lost even so is shouted about, and the ticket becomes unknown.
/// </summary>
internal sealed partial class Closing(Running running, Recording recording, ILogger<Closing> logger)
{
    private const int MostKept = 10_000;

    private readonly ConcurrentQueue<(LedgerRecord Cleared, ActionOutcome Outcome)> _kept = [];

    public async ValueTask CloseAsync(LedgerRecord cleared, ActionOutcome outcome)
    {
        try
        {
            await RecordAsync(cleared, outcome);
        }
        catch (LedgerUnavailableException unavailable)
        {
            Keep(cleared, outcome, unavailable);
        }
    }

    /// <summary>Tries once more what could not be recorded.</summary>
    /// <exception cref="LedgerUnavailableException">It still cannot.</exception>
    public async ValueTask RetryAsync()
    {
        while (_kept.TryPeek(out var first))
        {
            await RecordAsync(first.Cleared, first.Outcome);
            _kept.TryDequeue(out _);
        }
    }

    /// <summary>The process ends: what is still not on record will never be.</summary>
    public void GiveUp()
    {
        while (_kept.TryDequeue(out var lost)) Log.Lost(logger, lost.Cleared.Id, lost.Cleared.Ticket, Words(lost.Outcome));
    }

    private async ValueTask RecordAsync(LedgerRecord cleared, ActionOutcome outcome)
    {
        string? detail = null;
        if (cleared.Ticket is { } ticket)
        {
            try
            {
                if (await running.TryCloseAsync(new(ticket), cleared, outcome)) return;
                Log.Late(logger, ticket, Words(outcome));
                detail = "the ticket had been given up as unknown before this became known";
            }
            catch (LedgerUnavailableException altered) when (altered.IsAltered)
            {
                Log.Altered(logger, ticket, Words(outcome));
                detail = "the ticket was altered in the ledger's store, or put back, and moves no more";
            }
        }

        await recording.OutcomeAsync(cleared, outcome, detail);
        if (cleared.Ticket is { } told) running.Forget(new(told));
    }

    private void Keep(LedgerRecord cleared, ActionOutcome outcome, LedgerUnavailableException unavailable)
    {
        if (_kept.Count < MostKept)
        {
            Log.Kept(logger, cleared.Id, cleared.Ticket, Words(outcome), unavailable);
            _kept.Enqueue((cleared, outcome));
        }
        else
        {
            Log.Lost(logger, cleared.Id, cleared.Ticket, Words(outcome));
        }
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
    }
}
