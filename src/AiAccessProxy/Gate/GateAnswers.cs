using AiAccessProxy.Actions;
using AiAccessProxy.Approvals;
using AiAccessProxy.Gate.Limits;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Gate;

/// <summary>Everything the gate says in its own words.</summary>
internal sealed class GateAnswers(
    CallRefusals refusals, GateSettings settings, RateCounter rates, ILogger<GateAnswers> logger)
{
    public GateLog Log { get; } = new(logger);

    public DateTimeOffset Now => settings.Time.GetUtcNow();

    public Hold HoldFor(Admission.Call call) => HoldWish.For(call.Preference, call.Route.WhenPending, call.Route.Hold, settings.Options.Value);

    /// <summary>Counts a call against the rates that it comes under; the answer to it when it is one too many.</summary>
    public Problem? TooOften(Bound bound) =>
        rates.Take(bound.Action.Caller.Agent.Id, bound.Decision.Rates) is var (rate, wait) ? LimitProblems.TooOften(rate, wait) : null;

    /// <summary>Refuses a call of a known agent before any decision.</summary>
    public async ValueTask RefuseAsync(HttpContext context, Problem problem, Bound bound)
    {
        var recorded = await refusals.RecordAsync(
            problem, bound.Action.Caller, (bound.Action.Route, bound.Action.Action.Head.Method, CallRefusals.PathOf(bound)), context.RequestAborted);
        await ProblemWriter.WriteAsync(context, recorded);
    }

    /// <summary>Tells an agent why its call was not sent.</summary>
    public Task RefusedAsync(HttpContext context, Refused refused, Hold hold) =>
        refused is Refused.StillPending { Ticket.Status: not TicketStatus.Executing } pending && hold.Then == WhenPending.Accepted
            ? ProblemWriter.WriteAcceptedAsync(context, TicketTask.Of(pending.Ticket, settings.Plane), TimeSpan.FromSeconds(5))
            : ProblemWriter.WriteAsync(context, RefusalProblems.Of(refused, hold.Then, settings.Plane, Now));

    /// <summary>The upstream's own answer went out while it was sent; only its absence is left to be told.</summary>
    public static Task AfterSendingAsync(HttpContext context, Cleared cleared, ActionOutcome outcome) => outcome switch
    {
        { Fault: BodyFault.Malformed } => ProblemWriter.WriteAsync(context, EntryProblems.BrokenBody with { Record = cleared.Record.Id }),
        { Fault: BodyFault.TooSlow } => ProblemWriter.WriteAsync(
            context, LimitProblems.TooSlowOnItsWay(CallPlace.LimitsOf(context).MinRate) with { Record = cleared.Record.Id }),
        ActionOutcome.NotSent => ProblemWriter.WriteAsync(
            context, RefusalProblems.NotSent(cleared.Record.Id, cleared.Record.Rules ?? [])),
        ActionOutcome.Unknown => ProblemWriter.WriteAsync(
            context, RefusalProblems.OutcomeUnknown(cleared.Record.Id, cleared.Record.Rules ?? [])),
        _ => Task.CompletedTask,
    };
}
