using AiAccessProxy.Approvals.Showing;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals;

/// <summary>
/// A privileged action that waits for people. A value: every change is a pure function in <see cref="TicketMoves"/>, and it changes in
/// the ledger only together with the record that says so.
/// </summary>
internal sealed record Ticket
{
    public required TicketId Id { get; init; }

    public required TicketStatus Status { get; init; }

    public required RecordedAgent Agent { get; init; }

    /// <summary>The action as it stands on every record of this ticket, redacted.</summary>
    public required RecordedAction Action { get; init; }

    public required string? IdempotencyKey { get; init; }

    public required Risk Risk { get; init; }

    public required IReadOnlyList<string> Summary { get; init; }

    public required IReadOnlyList<MatchedRule> Rules { get; init; }

    /// <summary>Ids of rules that were only observed when it was opened, and that would have counted.</summary>
    public IReadOnlyList<string> Observed { get; init; } = [];

    public required IReadOnlyList<Need> Needs { get; init; }

    public required IReadOnlyDictionary<string, string> Claims { get; init; }

    public required IReadOnlyList<string> Controls { get; init; }

    /// <summary>Where the rules want reviewers to be told, as <c>channel:place</c>.</summary>
    public IReadOnlyList<NotifyPlace> Notify { get; init; } = [];

    public required string Policy { get; init; }

    public required string Fingerprint { get; init; }

    public required string? Trace { get; init; }

    /// <summary>Of the span of the call that opened it, for links to it.</summary>
    public string? Traceparent { get; init; }

    public required DateTimeOffset Opened { get; init; }

    public required DateTimeOffset DecideBy { get; init; }

    public required TimeSpan UseWithin { get; init; }

    /// <summary>Set when it is approved: after this an unused approval lapses.</summary>
    public DateTimeOffset? UseBy { get; init; }

    /// <summary>Set when it is approved: in another epoch of the ledger the approval is good no more. See <see cref="IsOf"/>.</summary>
    public string? Epoch { get; init; }

    public IReadOnlyList<Vote> Votes { get; init; } = [];

    public IReadOnlyList<EarlierRun> Earlier { get; init; } = [];

    /// <summary>Exactly what would be sent, for reviewers' eyes. Null once the ticket has ended: it is erased.</summary>
    public ShownCall? Shown { get; init; }

    public Execution? Execution { get; init; }

    /// <summary>When it reached its last status, and why in words.</summary>
    public DateTimeOffset? Ended { get; init; }

    public string? EndedBecause { get; init; }

    /// <summary>Whether it was approved in this epoch. Tickets from before there were epochs belong to a ledger that has one only.</summary>
    public bool IsOf(Epoch epoch) => (Epoch ?? Ledger.Epoch.Only.Value) == epoch.Value;

    public bool IsOver => Status is not (TicketStatus.Pending or TicketStatus.Approved or TicketStatus.Executing);
}
