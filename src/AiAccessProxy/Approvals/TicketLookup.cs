using System.Runtime.CompilerServices;

namespace AiAccessProxy.Approvals;

/// <summary>Tickets by id and by state, for those who only ask or withdraw.</summary>
internal sealed class TicketLookup(Tickets tickets, Records records, Waiting waiting)
{
    public async ValueTask<Ticket?> FindAsync(TicketId id, CancellationToken cancellationToken) =>
        (await tickets.ReadAsync(id, cancellationToken))?.Ticket;

    public ValueTask<Standing?> ReadAsync(TicketId id, CancellationToken cancellationToken) => tickets.ReadAsync(id, cancellationToken);

    public async ValueTask<Ticket?> WaitAsync(TicketId id, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (await tickets.ReadAsync(id, cancellationToken) is not { } standing) return null;
        if (standing.Ticket.Status != TicketStatus.Pending || wait <= TimeSpan.Zero) return standing.Ticket;
        using var call = waiting.TryReserve(standing.Ticket.Agent.Id, wait, mayUse: false, out _, cancellationToken);
        if (call is null) return standing.Ticket;
        await waiting.JoinAsync(call, standing, cancellationToken);
        return await waiting.WatchAsync(call, cancellationToken);
    }

    public async ValueTask<Ticket?> CancelAsync(TicketId id, string agent, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var standing = await tickets.MoveAsync(id, ticket =>
            ticket.Agent.Id == agent && TicketMoves.Cancel(ticket, records.Now, "its agent withdrew it") is Moved.To(var next)
                ? new(next, [records.Of(next)])
                : null);
        return standing?.Ticket.Agent.Id == agent ? standing.Ticket : null;
    }

    public async IAsyncEnumerable<Ticket> LiveAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var live = await tickets.LiveAsync(cancellationToken);
        foreach (var standing in live.OrderBy(standing => standing.Ticket.Opened).ThenBy(standing => standing.Ticket.Id.Value, StringComparer.Ordinal))
            yield return standing.Ticket;
    }

    public IAsyncEnumerable<TicketId> ChangesAsync(CancellationToken cancellationToken) => tickets.ChangesAsync(cancellationToken);
}
