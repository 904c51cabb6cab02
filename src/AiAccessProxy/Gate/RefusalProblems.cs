using AiAccessProxy.Approvals;
using AiAccessProxy.Gate.Limits;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Gate;

/// <summary>What is said to calls that rules, people or limits refused.</summary>
internal static class RefusalProblems
{
    /// <summary>The problem for a refusal; <paramref name="plane"/> is where links point to.</summary>
    public static Problem Of(Refused refused, WhenPending then, PlaneAddress plane, DateTimeOffset now) => refused switch
    {
        Refused.Denied denied => Denied(denied.Decision),
        Refused.ContextRequired context => ContextRequired(context),
        Refused.TicketTooLarge large => TicketTooLarge(large),
        Refused.StillPending pending => StillPending(pending.Ticket, then, plane, now),
        Refused.Ended ended => Ended(ended.Ticket, plane),
        Refused.AlreadyExecuted already => AlreadyExecuted(already.Ticket, plane),
        Refused.KeyReused reused => KeyReused(reused.Ticket, plane),
        Refused.AgentSuspended(var suspension) => EntryProblems.AgentSuspended(suspension),
        Refused.TooMany { InAll: true } busy => LimitProblems.Busy(busy.What, busy.Limit, "approvals:maxHeld"),
        Refused.TooMany many => TooMany(many),
        _ => throw new InvalidOperationException($"No answer is written for {refused.GetType().Name}."),
    } with
    { Record = refused.Record };

    /// <summary>502: the call was cleared, but no answer of the upstream can be given.</summary>
    public static Problem NotSent(Guid record, IReadOnlyList<string> rules) => new(
        StatusCodes.Status502BadGateway, "not-sent", "The upstream could not be reached",
        "The call was permitted, but no byte of it could be sent: the upstream could not be reached. It was not executed. " +
        "You may repeat the identical call; if it needed approval, it will need a new one.")
    { Retryable = true, NextAction = "repeat-identical-call", Record = record, Rules = rules };

    public static Problem OutcomeUnknown(Guid record, IReadOnlyList<string> rules) => new(
        StatusCodes.Status502BadGateway, "outcome-unknown", "It is not known whether the call was executed",
        "The call was sent and no answer came back. It may have been executed. Do not repeat it: first find out, by reading, whether it took effect.")
    { NextAction = "check-the-effect-by-reading", Record = record, Rules = rules };

    private static Problem Denied(Decision.Deny deny) => deny.ByDefault
        ? new(StatusCodes.Status403Forbidden, "no-rule", "No rule permits this call",
            $"{deny.Reason} The call was not executed, and repeating it will not help. Ask your owner for a rule if you need it.")
        { NextAction = "ask-your-owner" }
        : new(StatusCodes.Status403Forbidden, "denied", "Denied by policy",
            $"{deny.Reason} The call was not executed, and repeating it will not help.")
        { NextAction = "ask-your-owner", Rules = Ids(deny.Rules) };

    private static Problem ContextRequired(Refused.ContextRequired context)
    {
        var headers = string.Join(", ", context.Missing.Select(name => $"AiAccess-{name}"));
        return new(StatusCodes.Status403Forbidden, "context-required", "The reviewers need to be told more",
            $"This call needs approval, and its reviewers want to know more first. Send the identical call again with: {headers}. " +
            "No ticket was opened and nothing was executed.")
        { Retryable = true, NextAction = "add-context-headers", Rules = Ids(context.Rules) };
    }

    private static Problem TicketTooLarge(Refused.TicketTooLarge large) => new(
        StatusCodes.Status413PayloadTooLarge, "ticket-too-large", "The call is too large to be put before people",
        "This call needs approval, and what its reviewers would have to be told of it does not fit into a ticket. " +
        "No ticket was opened and nothing was executed. Send less at a time, or ask your owner to have the rules tell less.")
    { NextAction = "send-a-smaller-body", Rules = Ids(large.Rules) };

    private static Problem StillPending(Ticket ticket, WhenPending then, PlaneAddress plane, DateTimeOffset now)
    {
        var approved = ticket.Status == TicketStatus.Approved;
        var deadline = ticket.UseBy ?? ticket.DecideBy;
        var detail = ticket.Status == TicketStatus.Executing
            ? "This call was approved and is being executed for an identical call of yours. Do not change it; ask its status_endpoint how it ended."
            : approved
                ? $"This call is approved and was not executed yet. Repeat the identical call before {deadline:u} and it goes through."
                : $"This call waits for a person's approval. It was not denied and not executed. Repeat the identical call before {deadline:u}: " +
                  "it joins the same ticket and goes through once approved. Do not change it, or it needs a new approval.";
        var left = deadline - now;
        return new(then == WhenPending.Retry ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status403Forbidden,
            "approval-pending", "Approval is pending", detail)
        {
            Retryable = true,
            NextAction = "repeat-identical-call",
            Rules = Ids(ticket.Rules),
            Task = TicketTask.Of(ticket, plane),
            RetryAfter = then == WhenPending.Retry ? TimeSpan.FromSeconds(Math.Clamp(left.TotalSeconds, 1, 5)) : null,
        };
    }

    private static Problem Ended(Ticket ticket, PlaneAddress plane)
    {
        var (kind, title, detail) = ticket.Status switch
        {
            TicketStatus.Denied => ("denied-by-reviewer", "Denied by a reviewer",
                $"A reviewer denied this call{Because(ticket)}. It was not executed. Do not repeat it; ask your owner what to do instead."),
            TicketStatus.Expired => ("approval-expired", "Nobody decided in time",
                "The ticket of this call expired before anybody decided. It was not executed. An identical call opens a new ticket."),
            TicketStatus.Lapsed => ("approval-lapsed", "The approval was not used in time",
                "The call was approved, and the approval lapsed before it was used. It was not executed. An identical call opens a new ticket."),
            _ => ("approval-cancelled", "The ticket was cancelled",
                $"The ticket of this call was cancelled{Because(ticket)}. It was not executed. An identical call opens a new ticket."),
        };
        var retryable = ticket.Status != TicketStatus.Denied;
        return new(StatusCodes.Status403Forbidden, kind, title, detail)
        {
            Retryable = retryable,
            NextAction = retryable ? "repeat-identical-call" : "ask-your-owner",
            Rules = Ids(ticket.Rules),
            Task = TicketTask.Of(ticket, plane),
        };
    }

    private static Problem AlreadyExecuted(Ticket ticket, PlaneAddress plane)
    {
        var run = ticket.Execution;
        var what = ticket.Status switch
        {
            TicketStatus.Executed => $"was executed at {run?.Started:u} and the upstream answered {run?.Status}",
            TicketStatus.Unknown => $"was sent at {run?.Started:u} and no answer came back, so it may have been executed",
            TicketStatus.Failed => $"was tried at {run?.Started:u} and could not be sent",
            _ => $"is being executed since {run?.Started:u}",
        };
        return new(StatusCodes.Status422UnprocessableEntity, "already-executed", "This call was executed already",
            $"The identical call {what}. One approval lets one call through: this one was not sent. " +
            "Read from the API what came of it; do not repeat it.")
        {
            NextAction = "check-the-effect-by-reading",
            Rules = Ids(ticket.Rules),
            Task = TicketTask.Of(ticket, plane),
        };
    }

    private static Problem KeyReused(Ticket ticket, PlaneAddress plane) => new(
        StatusCodes.Status422UnprocessableEntity, "idempotency-key-reused", "The Idempotency-Key belongs to another call",
        "This Idempotency-Key came with a different call before. Nothing was executed. Use a new key for a new call, or repeat the first call unchanged.")
    { NextAction = "use-a-new-idempotency-key", Task = TicketTask.Of(ticket, plane) };

    private static Problem TooMany(Refused.TooMany many) => new(
        StatusCodes.Status429TooManyRequests, "too-many", "Too many at once",
        $"You have as many {many.What} as you may have at once ({many.Limit}). Nothing was executed. Wait until some are decided, or cancel those you no longer need.")
    { Retryable = true, NextAction = "wait-for-decisions", RetryAfter = TimeSpan.FromSeconds(30) };

    private static string Because(Ticket ticket) => string.IsNullOrWhiteSpace(ticket.EndedBecause) ? "" : $": {ticket.EndedBecause}";

    private static List<string> Ids(IReadOnlyList<MatchedRule> rules) => [.. rules.Select(rule => rule.Id)];
}
