using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals;

/// <summary>Opens and joins tickets, holds calls, counts votes, watches deadlines.</summary>
internal sealed class ApprovalDesk
{
    /// <summary>
    /// At once for what needs no approval; otherwise opens or joins the ticket and waits for people for as long as <paramref name="hold"/> says.
    /// </summary>
    /// <param name="clientGone">Ends the wait; the ticket lives on and nothing is sent.</param>
    public ValueTask<Verdict> ConsentAsync(Bound bound, Hold hold, CancellationToken clientGone) => throw new NotImplementedException();

    /// <summary>Counts a ballot, or says why it does not count. Every try by a known person is on record.</summary>
    public ValueTask<VoteOutcome> VoteAsync(TicketId id, Ballot ballot, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Cancels a pending or approved ticket for its own agent. Null: no such ticket of that agent; otherwise how it stands now.</summary>
    public ValueTask<Ticket?> CancelAsync(TicketId id, string agent, CancellationToken cancellationToken) => throw new NotImplementedException();

    public ValueTask<Ticket?> FindAsync(TicketId id, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>The ticket as soon as it is no longer pending, or as it stands after <paramref name="wait"/>.</summary>
    public ValueTask<Ticket?> WaitAsync(TicketId id, TimeSpan wait, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Pending, approved and executing tickets, oldest first.</summary>
    public IAsyncEnumerable<Ticket> LiveAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Whether this person's approval of this ticket would count now; null when it would, otherwise why not, in words for them.</summary>
    public string? WhyNot(Ticket ticket, string person) => throw new NotImplementedException();

    /// <summary>Ids of tickets that changed, from now on; a hint for live pages.</summary>
    public IAsyncEnumerable<TicketId> ChangesAsync(CancellationToken cancellationToken) => throw new NotImplementedException();
}
