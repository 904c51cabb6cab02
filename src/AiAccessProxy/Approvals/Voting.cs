using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals;

/// <summary>Counts ballots. Every try by a known person is on record, also those that do not count.</summary>
internal sealed class Voting(ILedger ledger, Tickets tickets, Records records, PolicyStore policies)
{
    /// <summary>Channels refuse longer ones before; this bounds a record whatever a channel lets through.</summary>
    private const int LongestReason = 2000;

    /// <param name="known">The ticket as it was read last, if it was.</param>
    public async ValueTask<VoteOutcome> VoteAsync(TicketId id, Ballot ballot, Standing? known)
    {
        using var span = new VoteSpan();
        var cast = ballot with { Reason = Words(ballot.Reason), Traceparent = span.Traceparent };
        VoteOutcome? outcome = null;
        var standing = await tickets.MoveAsync(id, (Standing before) =>
        {
            var ticket = before.Ticket;
            // Before the ballot is looked at: what the clock has ended is over, whether or not anybody has come by to say so.
            if (ticket.Status != TicketStatus.Executing && TicketMoves.Overdue(ticket, records.Now, tickets.Epoch) is Moved.To(var overdue))
            {
                outcome = new VoteOutcome.Finished(overdue);
                return new(overdue, [records.Of(overdue)]);
            }

            outcome = ballot.AtRevision is { } revision && revision != before.Revision && !ticket.IsOver
                ? new VoteOutcome.Stale(ticket)
                : TicketMoves.Vote(ticket, cast, policies.Current, records.Now, tickets.Epoch);
            return outcome is VoteOutcome.Counted(var next) ? new(next, RecordsOf(next, cast), ticket.DecideBy) : null;
        }, known);
        outcome = standing is null ? new VoteOutcome.NoTicket() : outcome!;
        ApprovalSignals.Voted(cast, outcome);
        span.Ended(standing?.Ticket, cast, outcome);
        if (outcome is VoteOutcome.Counted counted) return counted with { Revision = standing!.Revision };

        var why = VoteWords.Of(outcome);
        await ledger.AppendAsync(
            standing is null ? records.Of(id, cast, why) : records.Of(standing.Ticket, cast, RecordKind.VoteRefused, why), CancellationToken.None);
        return outcome;
    }

    /// <summary>Whether this person's approval would count now; null when it would.</summary>
    public string? WhyNot(Ticket ticket, string person) =>
        Entitlement.Objection(ticket, person, approve: true, policies.Current) is { } objection ? VoteWords.Of(objection) : null;

    private static string? Words(string? reason) => reason?.Trim() switch
    {
        null or "" => null,
        { Length: > LongestReason } words => words[..LongestReason],
        var words => words,
    };

    private IReadOnlyList<LedgerRecord> RecordsOf(Ticket next, Ballot ballot)
    {
        var vote = records.Of(next, ballot, ballot.Approve ? RecordKind.VoteApprove : RecordKind.VoteDeny, ballot.Reason);
        return next.Status == TicketStatus.Pending ? [vote] : [vote, records.Of(next)];
    }
}
