using AiAccessProxy.Approvals.Roster;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals;

/// <summary>Takes an approval to its one use, for the call whose turn it is.</summary>
internal sealed class Using(Tickets tickets, Running running, RosterBook roster, Waiting waiting)
{
    /// <summary>
    /// The rules in force now are asked once more, the votes are judged once more, and the ledger's revision sees that of all calls, here
    /// and elsewhere, one gets through; and none whose agent was suspended, or lost its key, a moment before. Whatever comes of it, the call's place in the line is given up.
    /// </summary>
    /// <exception cref="OperationCanceledException">The client is gone: the turn passes to the next.</exception>
    public async ValueTask<Used> UseAsync(Bound bound, Verdict.Turn turn, CancellationToken clientGone)
    {
        using var place = turn.Held;
        if (turn.Ticket.Agent.Id != bound.Action.Caller.Agent.Id || turn.Ticket.Action.Digest != bound.Action.Digest.Hex)
            throw new InvalidOperationException($"Ticket {turn.Ticket.Id} is not the ticket of this call.");

        for (var tries = 0; tries < Tickets.MaxTries; tries++)
        {
            // As it was read when the call was woken; whether it still stands so is for the ledger to say.
            var standing = (tries == 0 ? place.Ticket?.Look().Standing : await tickets.ReadAsync(turn.Ticket.Id, CancellationToken.None))
                ?? throw new LedgerUnavailableException($"Ticket {turn.Ticket.Id} is gone from the ledger.");
            waiting.Saw(standing);
            if (standing.Ticket.Status != TicketStatus.Approved) return await TooLateAsync(bound, place, clientGone);

            var rules = roster.InForce;
            var agent = standing.Ticket.Agent.Id;
            // The approval stays: whoever resumes the agent in time finds it as it was.
            if (rules.Agents.SuspensionOf(agent) is { } suspension) return new Used.No(new Refused.AgentSuspended(suspension), bound);

            var asNow = Redeciding.Of(bound, rules, running.Now);
            if (Redeciding.Objection(standing.Ticket, asNow) is { } changed)
                return await CancelAsync(standing.Ticket, asNow ?? bound, changed);

            var execution = running.Execution();
            if (TicketMoves.Use(standing.Ticket, execution, rules, tickets.Epoch) is not Moved.To(var next))
            {
                if (TicketMoves.Overdue(standing.Ticket, execution.Started, tickets.Epoch) is Moved.To)
                    await tickets.PassAsync(standing, execution.Started);
                else
                    return await CancelAsync(standing.Ticket, bound, "somebody whose approval counted may no longer approve this call");
                continue;
            }

            // The last look at the client: nothing goes upstream while no agent waits for it.
            clientGone.ThrowIfCancellationRequested();
            var edge = running.EdgeTo(next, asNow!) with { Checks = [RosterBook.CheckOf(agent, rules.Agents)] };
            var (cleared, after, outcome, doubt) = await ClearAsync(standing, edge);
            if (doubt is not null) return new Used.InDoubt(edge.Records[^1], doubt);
            if (cleared is not null)
            {
                running.Began(after);
                waiting.Saw(after);
                return new Used.Taken(cleared);
            }

            if (outcome is Outcome.TooLate(var at)) await tickets.PassAsync(standing, at);
            else await roster.RefreshAsync(agent);
        }

        throw new LedgerUnavailableException($"Ticket {turn.Ticket.Id} was moved by others {Tickets.MaxTries} times in a row.");
    }

    /// <summary>Without an answer the edge may have been taken, or be taken yet; nobody sends for it.</summary>
    private async ValueTask<(Cleared? Cleared, Standing After, Outcome? Outcome, LedgerUnavailableException? Doubt)> ClearAsync(Standing standing, Edge edge)
    {
        try
        {
            var (cleared, after, outcome) = await tickets.ClearAsync(standing, edge);
            return (cleared, after, outcome, null);
        }
        catch (LedgerUnavailableException unavailable) when (!unavailable.IsAltered)
        {
            return (null, standing, null, unavailable);
        }
    }

    /// <summary>Somebody else was faster, or the clock: the call waits for what becomes of it like all others.</summary>
    private async ValueTask<Used> TooLateAsync(Bound bound, HeldCall place, CancellationToken clientGone) =>
        await waiting.VerdictAsync(place, clientGone) is Verdict.No(var refused)
            ? new Used.No(refused, bound)
            : throw new InvalidOperationException("A ticket came back from where there is no way back.");

    private async ValueTask<Used> CancelAsync(Ticket ticket, Bound asNow, string why)
    {
        var standing = await tickets.MoveAsync(ticket.Id, current =>
            current.Status == TicketStatus.Approved && TicketMoves.Cancel(current, running.Now, why) is Moved.To(var next)
                ? running.EdgeTo(next, asNow)
                : null);
        waiting.Saw(standing!);
        return new Used.No(asNow.Decision is Decision.Deny deny ? new Refused.Denied(deny) : Refused.Of(standing!.Ticket), asNow);
    }
}
