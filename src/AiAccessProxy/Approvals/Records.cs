using System.Diagnostics;
using AiAccessProxy.Actions;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals;

/// <summary>The one place where decisions, tickets and votes become records of the ledger.</summary>
internal sealed class Records(Instance instance, TimeProvider time)
{
    public string Instance => instance.Name;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>A record of this process and moment, to be filled in.</summary>
    public LedgerRecord New(string kind) => new()
    {
        Id = NewId(),
        Time = Now,
        Kind = kind,
        Instance = instance.Name,
        Trace = Activity.Current?.TraceId.ToHexString(),
    };

    public static RecordedAgent AgentOf(BoundAction action) =>
        new(action.Caller.Agent.Id, action.Caller.Agent.Owner, action.Caller.OnBehalfOf, action.Caller.AuthenticatedBy);

    public static RecordedAction ActionOf(Bound bound)
    {
        var requirement = (bound.Decision as Decision.RequireApproval)?.Requirement;
        var action = bound.Action;
        return new()
        {
            Name = bound.Decision.Classification.ActionName,
            Risk = bound.Decision.Classification.Risk is { } risk ? Lower(risk) : null,
            Route = action.Route,
            Method = action.Action.Head.Method,
            Target = Redacting.Target(action, bound.Decision.Redact),
            Parameters = requirement is null ? null : Redacting.Parameters(action, requirement.Show, bound.Decision.Redact),
            BodySha256 = (action.Action.Body as ActionBody.Whole)?.Sha256,
            BodyBytes = action.Action.Body switch
            {
                ActionBody.Whole whole => whole.Bytes.Length,
                ActionBody.Streamed streamed => streamed.Length,
                _ => 0,
            },
            Digest = action.Digest.Hex,
            Credential = action.Credential?.Id,
        };
    }

    public static IReadOnlyDictionary<string, string> ClaimsOf(Claims claims) =>
        new (string Name, string? Words)[]
        {
            ("reason", claims.Reason), ("change", claims.Change), ("commit", claims.Commit), ("prompt", claims.Prompt), ("session", claims.Session),
        }
        .Where(claim => claim.Words is not null)
        .ToDictionary(claim => claim.Name, claim => claim.Words!);

    /// <summary>What rules alone decided.</summary>
    public LedgerRecord Decided(Bound bound) => About(bound, RecordKind.Decided) with
    {
        Decision = EffectOf(bound.Decision),
        Detail = (bound.Decision as Decision.Deny)?.Reason,
    };

    /// <summary>A call that needs approval and was not sent, for a reason that is not on its ticket's own records.</summary>
    public LedgerRecord Refused(Bound bound, Ticket? ticket, string why) => About(bound, RecordKind.Refused) with
    {
        Decision = EffectOf(bound.Decision),
        Ticket = ticket?.Id.Value,
        Detail = why,
    };

    /// <summary>The edge that took a ticket to where it stands now.</summary>
    public LedgerRecord Of(Ticket ticket, Guid? id = null) => About(ticket, KindOf(ticket.Status)) with
    {
        Id = id ?? NewId(),
        // Except for the use itself, which belongs to the trace of the call that is sent.
        Trace = ticket.Status == TicketStatus.Executing && Activity.Current is { } sender ? sender.TraceId.ToHexString() : TraceOf(ticket),
        Decision = ticket.Status == TicketStatus.Pending ? "require_approval" : null,
        Claims = ticket.Status == TicketStatus.Pending && ticket.Claims.Count > 0 ? ticket.Claims : null,
        Detail = ticket.EndedBecause,
    };

    /// <summary>Where reviewers are told of a ticket, and whether they could be.</summary>
    public LedgerRecord Told(Ticket ticket, string kind, string detail) => About(ticket, kind) with { Detail = detail };

    public LedgerRecord Of(Ticket ticket, Ballot ballot, string kind, string? detail) => About(ticket, kind) with
    {
        Reviewer = new(ballot.Person.Id, ballot.Channel, ballot.Authenticated),
        Detail = detail,
    };

    /// <summary>A vote for a ticket that is not there.</summary>
    public LedgerRecord Of(TicketId nowhere, Ballot ballot, string detail) => New(RecordKind.VoteRefused) with
    {
        // Somebody typed this id: no more of it than an id has.
        Ticket = nowhere.Value[..Math.Min(nowhere.Value.Length, 40)],
        Reviewer = new(ballot.Person.Id, ballot.Channel, ballot.Authenticated),
        Detail = detail,
    };

    /// <summary>What became of a call that <paramref name="cleared"/> let through.</summary>
    public LedgerRecord Of(LedgerRecord cleared, ActionOutcome outcome)
    {
        var (kind, recorded) = outcome switch
        {
            ActionOutcome.Answered answered => (RecordKind.CallExecuted, new RecordedOutcome(
                answered.Status, answered.ResponseBytes, answered.Duration.TotalMilliseconds, answered.Delivered, answered.BodySha256)),
            ActionOutcome.NotSent notSent => (RecordKind.CallFailed, new(null, null, notSent.Duration.TotalMilliseconds, Why: notSent.Why)),
            ActionOutcome.Unknown unknown => (RecordKind.CallUnknown, new(null, null, unknown.Duration.TotalMilliseconds, Why: unknown.Why)),
            _ => throw new InvalidOperationException($"No record is known for {outcome.GetType().Name}."),
        };
        return New(kind) with
        {
            Agent = cleared.Agent,
            Action = cleared.Action,
            Ticket = cleared.Ticket,
            Rules = cleared.Rules,
            Observed = cleared.Observed,
            Policy = cleared.Policy,
            Controls = cleared.Controls,
            Of = cleared.Id,
            Outcome = recorded,
            Trace = cleared.Trace,
        };
    }

    /// <summary>Calls of nobody known, counted.</summary>
    public LedgerRecord Counted(string kind, long count) => New(RecordKind.Refused) with { Detail = kind, Count = count };

    public static string EffectOf(Decision decision) => decision switch
    {
        Decision.Allow => "allow",
        Decision.RequireApproval => "require_approval",
        _ => "deny",
    };

    public static string Lower(Enum value) => value.ToString().ToLowerInvariant();

    private static string KindOf(TicketStatus status) => status switch
    {
        TicketStatus.Pending => RecordKind.TicketOpened,
        TicketStatus.Approved => RecordKind.TicketApproved,
        TicketStatus.Executing => RecordKind.TicketExecuting,
        TicketStatus.Executed => RecordKind.CallExecuted,
        TicketStatus.Failed => RecordKind.CallFailed,
        TicketStatus.Unknown => RecordKind.CallUnknown,
        TicketStatus.Denied => RecordKind.TicketDenied,
        TicketStatus.Expired => RecordKind.TicketExpired,
        TicketStatus.Lapsed => RecordKind.TicketLapsed,
        TicketStatus.Cancelled => RecordKind.TicketCancelled,
        _ => throw new InvalidOperationException($"No record is known for {status}."),
    };

    private LedgerRecord About(Bound bound, string kind) => New(kind) with
    {
        Agent = AgentOf(bound.Action),
        Action = ActionOf(bound),
        Rules = [.. bound.Decision.Rules.Select(rule => rule.Id)],
        Observed = bound.Decision.Observed is { Count: > 0 } observed ? [.. observed.Select(rule => rule.Id)] : null,
        Policy = bound.Policy,
        Claims = ClaimsOf(bound.Action.Action.Head.Claims) is { Count: > 0 } claims ? claims : null,
        Controls = bound.Decision.Classification.Controls is { Count: > 0 } controls ? controls : null,
    };

    /// <summary>A record of a ticket's story, to be filled in.</summary>
    public LedgerRecord About(Ticket ticket, string kind) => New(kind) with
    {
        Agent = ticket.Agent,
        Action = ticket.Action,
        Ticket = ticket.Id.Value,
        Rules = [.. ticket.Rules.Select(rule => rule.Id)],
        Observed = ticket.Observed.Count > 0 ? ticket.Observed : null,
        Policy = ticket.Policy,
        Controls = ticket.Controls.Count > 0 ? ticket.Controls : null,
        // The story of a ticket is found by the trace of the call that opened it, whoever moves it.
        Trace = TraceOf(ticket),
    };

    private static string? TraceOf(Ticket ticket) => ticket.Trace ?? Activity.Current?.TraceId.ToHexString();

    private Guid NewId() => Guid.CreateVersion7(Now);
}
