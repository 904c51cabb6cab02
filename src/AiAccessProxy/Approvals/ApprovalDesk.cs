using System.Diagnostics;
using AiAccessProxy.Actions;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals;

/// <summary>Opens and joins tickets, holds calls, counts votes. The clock's part is <see cref="Deadlines"/>.</summary>
internal sealed class ApprovalDesk(Opening opening, Waiting waiting, Voting voting, TicketLookup lookup)
{
    /// <summary>
    /// At once for what needs no approval; otherwise opens or joins the ticket and waits for people for as long as <paramref name="hold"/> says.
    /// </summary>
    /// <param name="clientGone">Ends the wait; the ticket lives on and nothing is sent.</param>
    /// <exception cref="OperationCanceledException">The client is gone.</exception>
    /// <exception cref="LedgerUnavailableException">The ticket could not be recorded or found, so there is nothing to wait for.</exception>
    public async ValueTask<Verdict> ConsentAsync(Bound bound, Hold hold, CancellationToken clientGone)
    {
        if (bound.Decision is not Decision.RequireApproval(var requirement)) return new Verdict.NotNeeded();

        clientGone.ThrowIfCancellationRequested();
        if (waiting.TryReserve(bound.Action.Caller.Agent.Id, hold.For, mayUse: true, out var tooMany, clientGone) is not { } call)
            return new Verdict.No(tooMany!);

        if (bound.Action.Action.Body is ActionBody.Whole { Bytes.Length: var bytes }) call.Carry(bytes);
        Verdict? verdict = null;
        try
        {
            verdict = await opening.AskAsync(bound, requirement, clientGone) switch
            {
                Opened.To opened => await waiting.HoldAsync(call, opened, clientGone),
                Opened.No no => new Verdict.No(no.Refused),
                _ => throw new UnreachableException(),
            };
            return verdict;
        }
        finally
        {
            // With its turn the call keeps its place: Clearing gives it up, or its client by leaving.
            if (verdict is not Verdict.Turn) call.Dispose();
        }
    }

    /// <summary>Counts a ballot, or says why it does not count. Every try by a known person is on record.</summary>
    /// <param name="cancellationToken">Stops what has not begun; a ballot that is being counted is counted.</param>
    public ValueTask<VoteOutcome> VoteAsync(TicketId id, Ballot ballot, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return voting.VoteAsync(id, ballot, known: null);
    }

    /// <summary>The same for whoever has just read the ticket: it is read again only when it has moved since.</summary>
    public ValueTask<VoteOutcome> VoteAsync(Standing known, Ballot ballot, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return voting.VoteAsync(known.Ticket.Id, ballot, known);
    }

    /// <summary>Cancels a pending or approved ticket for its own agent. Null: no such ticket of that agent; otherwise how it stands now.</summary>
    public ValueTask<Ticket?> CancelAsync(TicketId id, string agent, CancellationToken cancellationToken) =>
        lookup.CancelAsync(id, agent, cancellationToken);

    public ValueTask<Ticket?> FindAsync(TicketId id, CancellationToken cancellationToken) => lookup.FindAsync(id, cancellationToken);

    /// <summary>The ticket with the revision that it stands at, for whoever votes on what they have read.</summary>
    public ValueTask<Standing?> ReadAsync(TicketId id, CancellationToken cancellationToken) => lookup.ReadAsync(id, cancellationToken);

    /// <summary>
    /// The ticket as soon as it is no longer pending, or as it stands after <paramref name="wait"/>; at once when as many already wait for
    /// tickets of its agent as may.
    /// </summary>
    public ValueTask<Ticket?> WaitAsync(TicketId id, TimeSpan wait, CancellationToken cancellationToken) =>
        lookup.WaitAsync(id, wait, cancellationToken);

    /// <summary>Pending, approved and executing tickets, oldest first.</summary>
    public IAsyncEnumerable<Ticket> LiveAsync(CancellationToken cancellationToken) => lookup.LiveAsync(cancellationToken);

    /// <summary>Whether this person's approval of this ticket would count now; null when it would, otherwise why not, in words for them.</summary>
    public string? WhyNot(Ticket ticket, string person) => voting.WhyNot(ticket, person);

    /// <summary>Whether this instance holds a call for it.</summary>
    public bool Holds(TicketId id) => waiting.Holds(id);

    /// <summary>A channel has told somebody of the ticket; for whoever looks at the held calls of this instance.</summary>
    public void Notified(TicketId id, string channel) => waiting.Notified(id, channel);

    /// <summary>Ids of tickets that changed, from now on; a hint for live pages.</summary>
    public IAsyncEnumerable<TicketId> ChangesAsync(CancellationToken cancellationToken) => lookup.ChangesAsync(cancellationToken);
}
