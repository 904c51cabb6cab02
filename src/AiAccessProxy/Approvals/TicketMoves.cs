using System.Globalization;
using AiAccessProxy.Actions;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals;

/// <summary>
/// The edges of a ticket, as pure functions from a ticket and an event. There are no others:
/// pending → approved | denied | expired | cancelled; approved → executing | lapsed | cancelled; executing → executed | failed | unknown.
/// </summary>
internal static class TicketMoves
{
    /// <summary>Why an approval from before the ledger's store began anew is of no use: it may have been used, and the use been forgotten.</summary>
    public const string OtherEpoch = "the ledger's store was restarted or replaced since it was approved, so that nobody can tell any more whether it was used";

    /// <summary>Counts a ballot: <see cref="VoteOutcome.Counted"/> with the ticket afterwards, or why it does not count.</summary>
    public static VoteOutcome Vote(Ticket ticket, Ballot ballot, PolicySnapshot rules, DateTimeOffset at, Epoch epoch)
    {
        if (Entitlement.Objection(ticket, ballot.Person.Id, ballot.Approve, rules) is { } objection) return objection;
        if (at >= ticket.DecideBy) return new VoteOutcome.Finished(ticket);

        var vote = new Vote(ballot.Person.Id, ballot.Approve, ballot.Reason, at, ballot.Channel, ballot.Authenticated) { Traceparent = ballot.Traceparent };
        var voted = ticket with { Votes = [.. ticket.Votes, vote] };
        if (!ballot.Approve) return new VoteOutcome.Counted(End(voted, TicketStatus.Denied, at, ballot.Reason));
        return new VoteOutcome.Counted(Entitlement.IsMet(voted, voted.Votes, rules)
            ? voted with { Status = TicketStatus.Approved, UseBy = at + voted.UseWithin, Epoch = epoch.Value }
            : voted);
    }

    /// <summary>Takes an approval to its one use. People who no longer count have approved nothing.</summary>
    public static Moved Use(Ticket ticket, Execution execution, PolicySnapshot rules, Epoch epoch) => ticket switch
    {
        not { Status: TicketStatus.Approved } => NoEdge(ticket, "used"),
        _ when ticket.UseBy is not { } useBy || execution.Started >= useBy => new Moved.NoEdge("the approval was not used in time"),
        _ when !ticket.IsOf(epoch) => new Moved.NoEdge(OtherEpoch),
        _ when rules.Agents.SuspensionOf(ticket.Agent.Id) is not null => new Moved.NoEdge("its agent is suspended"),
        _ when !Entitlement.IsMet(ticket, ticket.Votes, rules) =>
            new Moved.NoEdge("somebody whose approval counted may no longer approve this call"),
        _ => new Moved.To(ticket with { Status = TicketStatus.Executing, Execution = execution }),
    };

    /// <summary>The sender is alive.</summary>
    public static Moved Renew(Ticket ticket, Guid record, DateTimeOffset lease) =>
        ticket is { Status: TicketStatus.Executing, Execution: { } execution } && execution.Record == record
            ? new Moved.To(ticket with { Execution = execution with { Lease = lease } })
            : NoEdge(ticket, "renewed");

    /// <summary>Ends the run that <paramref name="record"/> began.</summary>
    public static Moved Close(Ticket ticket, Guid record, ActionOutcome outcome, DateTimeOffset at)
    {
        if (ticket is not { Status: TicketStatus.Executing, Execution: { } execution } || execution.Record != record)
            return NoEdge(ticket, "closed");
        var (status, ended) = EndOf(execution, outcome, at);
        return new Moved.To(End(ticket with { Execution = ended }, status, at, ended.Why));
    }

    /// <summary>
    /// Whether the run that <paramref name="record"/> began has ended in just this way: the change that said so was made, though its answer did not come.
    /// </summary>
    public static bool HasClosed(Ticket ticket, Guid record, ActionOutcome outcome) =>
        ticket.Execution is { Ended: { } at } execution && execution.Record == record && EndOf(execution, outcome, at) == (ticket.Status, execution);

    /// <summary>Nobody renews the lease: bytes may have gone, and no answer will come.</summary>
    public static Moved Abandon(Ticket ticket, DateTimeOffset at, string why) =>
        ticket is { Status: TicketStatus.Executing, Execution: { } execution }
            ? new Moved.To(End(ticket with { Execution = execution with { Ended = at, Why = why } }, TicketStatus.Unknown, at, why))
            : NoEdge(ticket, "abandoned");

    public static Moved Cancel(Ticket ticket, DateTimeOffset at, string why) =>
        ticket.Status is TicketStatus.Pending or TicketStatus.Approved
            ? new Moved.To(End(ticket, TicketStatus.Cancelled, at, why))
            : NoEdge(ticket, "cancelled");

    /// <summary>
    /// What the clock makes of it at <paramref name="at"/>: expired, lapsed, or unknown when its sender's lease has run out. A new epoch does the
    /// same at once to what was approved in another; what is pending stays so.
    /// </summary>
    public static Moved Overdue(Ticket ticket, DateTimeOffset at, Epoch epoch) => ticket switch
    {
        { Status: TicketStatus.Pending } when at >= ticket.DecideBy =>
            new Moved.To(End(ticket, TicketStatus.Expired, at, "nobody decided in time")),
        { Status: TicketStatus.Approved } when ticket.UseBy is not { } useBy || at >= useBy =>
            new Moved.To(End(ticket, TicketStatus.Lapsed, at, "the approval was not used in time")),
        { Status: TicketStatus.Approved } when !ticket.IsOf(epoch) => new Moved.To(End(ticket, TicketStatus.Lapsed, at, OtherEpoch)),
        { Status: TicketStatus.Executing } when !ticket.IsOf(epoch) =>
            Abandon(ticket, at, "the ledger's store was restarted or replaced while it was being sent"),
        { Status: TicketStatus.Executing } when ticket.Execution is not { } execution || at >= execution.Lease =>
            Abandon(ticket, at, "its sender stopped without saying what became of it"),
        _ => new Moved.NoEdge("nothing is due"),
    };

    private static (TicketStatus Status, Execution Ended) EndOf(Execution execution, ActionOutcome outcome, DateTimeOffset at) => outcome switch
    {
        ActionOutcome.Answered answered =>
            (TicketStatus.Executed, execution with { Ended = at, Status = answered.Status, Delivered = answered.Delivered }),
        ActionOutcome.NotSent notSent => (TicketStatus.Failed, execution with { Ended = at, Why = notSent.Why }),
        ActionOutcome.Unknown unknown => (TicketStatus.Unknown, execution with { Ended = at, Why = unknown.Why }),
        _ => throw new InvalidOperationException($"No edge is known for {outcome.GetType().Name}."),
    };

    /// <summary>What reviewers were shown is not kept a moment longer than it is needed.</summary>
    private static Ticket End(Ticket ticket, TicketStatus status, DateTimeOffset at, string? because) =>
        ticket with { Status = status, Ended = at, EndedBecause = because, Shown = null };

    private static Moved.NoEdge NoEdge(Ticket ticket, string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"a ticket that is {ticket.Status} cannot be {what}"));
}
