using System.Runtime.CompilerServices;

namespace AiAccessProxy.Approvals.Channels;

/// <summary>Finds the tickets whose cards are not as they should be, without any hint.</summary>
internal sealed class CardSweep(Tickets tickets, CardTracks tracks, ReviewChannels channels, TimeProvider time)
{
    /// <summary>False: no channel is on, and nothing is to be done ever.</summary>
    public bool IsAny => channels.IsAny;

    /// <summary>Hints, from this call on.</summary>
    public IAsyncEnumerable<TicketId> ChangesAsync() => tickets.ChangesAsync(CancellationToken.None);

    /// <summary>Those whose time has come: a try is to be made again, or whoever was at it has died.</summary>
    public IAsyncEnumerable<TicketId> DueAsync(CancellationToken stopping) =>
        tracks.DueAsync(time.GetUtcNow(), stopping).Select(standing => standing.Track.Ticket);

    /// <summary>All that nobody told of, that say something else than how the ticket stands, or that are not done with.</summary>
    public async IAsyncEnumerable<TicketId> AllAsync([EnumeratorCancellation] CancellationToken stopping)
    {
        var known = await tracks.LiveAsync(stopping).ToDictionaryAsync(standing => standing.Track.Ticket, standing => standing.Track, cancellationToken: stopping);
        foreach (var standing in await tickets.LiveAsync(stopping))
        {
            if (!known.Remove(standing.Ticket.Id, out var track) || CardPlan.Due(track, standing, time.GetUtcNow(), () => "").Count > 0)
                yield return standing.Ticket.Id;
        }

        foreach (var left in known.Keys) yield return left;
    }
}
