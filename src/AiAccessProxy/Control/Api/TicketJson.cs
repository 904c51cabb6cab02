using AiAccessProxy.Actions;
using AiAccessProxy.Approvals;
using AiAccessProxy.Approvals.Showing;
using AiAccessProxy.Control.Pages;
using AiAccessProxy.Control.SignIn;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Control.Api;

/// <summary>A ticket as the API tells it to one person.</summary>
internal sealed record TicketJson
{
    public required string Id { get; init; }

    /// <summary>Moves with everything that happens to it; null in lists. Sent back as <c>If-Match</c>, a vote counts for this very state or not at all.</summary>
    public long? Revision { get; init; }

    public required TicketStatus Status { get; init; }

    public required Risk Risk { get; init; }

    public required IReadOnlyList<string> Summary { get; init; }

    public required RecordedAgent Agent { get; init; }

    public required RecordedAction Action { get; init; }

    public required IReadOnlyList<MatchedRule> Rules { get; init; }

    public required IReadOnlyList<Need> Needs { get; init; }

    /// <summary><c>1 of 2, still needs 1 from security</c>.</summary>
    public required string Progress { get; init; }

    public required IReadOnlyList<Vote> Votes { get; init; }

    /// <summary>The agent's own words, which nobody has checked.</summary>
    public required IReadOnlyDictionary<string, string> Claims { get; init; }

    public required IReadOnlyList<EarlierRun> Earlier { get; init; }

    public required IReadOnlyList<string> Controls { get; init; }

    public required string Policy { get; init; }

    public required DateTimeOffset Opened { get; init; }

    public required DateTimeOffset DecideBy { get; init; }

    public required DateTimeOffset? UseBy { get; init; }

    public required DateTimeOffset? Ended { get; init; }

    public required string? EndedBecause { get; init; }

    public required Execution? Execution { get; init; }

    /// <summary>Exactly what would be sent; null in lists, and once the ticket has ended.</summary>
    public required ShownCall? Shown { get; init; }

    /// <summary>
    /// Names of headers (those that end in <c>*</c> are prefixes) in which the identical call that is sent may differ from the one shown:
    /// they do not enter the digest, so that a client's own retry counts as the same call.
    /// </summary>
    public IReadOnlyList<string> MayDiffer { get; init; } = [];

    public required bool MayApprove { get; init; }

    public required bool MayDeny { get; init; }

    /// <summary>Why this person's approval would not count; null when it would.</summary>
    public required string? WhyNot { get; init; }

    public static TicketJson Of(Ticket ticket, Viewer viewer, PolicySnapshot rules, bool isWhole)
    {
        var objection = Entitlement.Objection(ticket, viewer.Person.Id, approve: true, rules);
        return new()
        {
            Id = ticket.Id.Value,
            Status = ticket.Status,
            Risk = ticket.Risk,
            Summary = ticket.Summary,
            Agent = ticket.Agent,
            Action = ticket.Action,
            Rules = ticket.Rules,
            Needs = ticket.Needs,
            Progress = NeedProgress.Of(ticket, rules).ToString(),
            Votes = ticket.Votes,
            Claims = ticket.Claims,
            Earlier = ticket.Earlier,
            Controls = ticket.Controls,
            Policy = ticket.Policy,
            Opened = ticket.Opened,
            DecideBy = ticket.DecideBy,
            UseBy = ticket.UseBy,
            Ended = ticket.Ended,
            EndedBecause = ticket.EndedBecause,
            Execution = ticket.Execution,
            Shown = isWhole ? ticket.Shown : null,
            MayDiffer = isWhole && ticket.Shown is not null && rules.Routes.FirstOrDefault(route => route.Id == ticket.Action.Route) is { } route
                ? [.. VolatileHeaders.On(route.Reading)]
                : [],
            MayApprove = objection is null,
            MayDeny = Entitlement.Objection(ticket, viewer.Person.Id, approve: false, rules) is null,
            WhyNot = objection is null ? null : VoteProblems.Of(objection).Detail,
        };
    }
}
