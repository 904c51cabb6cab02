using AiAccessProxy.Ledger;

namespace AiAccessProxy.Approvals.Channels;

/// <summary>
/// Brings the cards of one ticket to where they should be. Whoever does so holds the ticket's register for a while (<see cref="Lease"/>): every copy
/// is on record before it is sent, and its address after. Whoever dies in between leaves at most one copy that nobody knows the address of; another
/// goes on, the copy is known by its nonce as soon as somebody looks at it, and says how the ticket stands like the rest.
/// </summary>
internal sealed class CardCourier(Tickets tickets, CardTracks tracks, Records records, CardShowing showing)
{
    /// <summary>Well above what one try may take (<see cref="CardShowing.TryWithin"/>), so that two never show something at the same time.</summary>
    public static readonly TimeSpan Lease = 3 * CardShowing.TryWithin;

    /// <summary>So often is it looked at again before others have their turn; what is left comes by its due time.</summary>
    private const int MostRounds = 20;

    /// <exception cref="LedgerUnavailableException">It will be gone on with once it can be read.</exception>
    public async Task CarryAsync(TicketId id, CancellationToken stopping)
    {
        for (var round = 0; round < MostRounds && !stopping.IsCancellationRequested; round++)
        {
            if (await tickets.ReadAsync(id, stopping) is not { } standing) return;
            var from = await tracks.ReadAsync(id, stopping);
            if (from is { IsLive: false } || !await RoundAsync(standing, from, stopping)) return;
        }
    }

    /// <returns>True when there may be more to do at once.</returns>
    private async ValueTask<bool> RoundAsync(Standing standing, TrackStanding? from, CancellationToken stopping)
    {
        var now = records.Now;
        if (from is null) return CardPlan.IsOpen(standing.Ticket, now) && await RouteAsync(standing.Ticket);
        if (from.Track.IsHeld(records.Instance, now)) return false;

        // What this instance itself had claimed and did not finish is taken up again as anybody else would.
        var track = CardPlan.Replaced(from.Track with { Courier = null, CourierUntil = null }, standing.Ticket, now, showing.Patience, showing.Fallbacks, out var unheard);
        if (unheard.Count > 0 || track.Places.Count > from.Track.Places.Count)
        {
            var lost = unheard.Select(place => records.Told(
                standing.Ticket, RecordKind.TicketUnnotified, $"{place.Place}: {place.Lost ?? "nobody answers there"}; reviewers see it on the console"));
            if (await tracks.TryMoveAsync(from, track, [.. lost])) showing.Alarm(standing.Ticket, unheard);
            return true;
        }

        var tasks = CardPlan.Due(track, standing, now, CardShowing.NewNonce);
        if (tasks.Count > 0) return await ShowAsync(standing, from, CardPlan.Claimed(track, tasks, records.Instance, now + Lease), tasks, stopping);
        if (CardPlan.IsSettled(track, standing, now))
        {
            // Two may be about to say so; the one that is later finds the register moved.
            await tracks.TryMoveAsync(from, track, [records.Told(standing.Ticket, RecordKind.TicketNotified, Ended(track))], standing.Ticket.Ended);
            return false;
        }

        return from.Track.Courier is not null && !await tracks.TryMoveAsync(from, track, []);
    }

    private async ValueTask<bool> RouteAsync(Ticket ticket)
    {
        if (showing.PlacesOf(ticket) is not { Count: > 0 } places) return false;
        var track = new CardTrack(ticket.Id, [.. places.Select(place => new PlaceTrack(place))]);
        await tracks.TryMoveAsync(null, track, [records.Told(ticket, RecordKind.TicketRouted, string.Join(", ", places))]);
        return true;
    }

    private async ValueTask<bool> ShowAsync(
        Standing standing, TrackStanding from, CardTrack claimed, IReadOnlyList<CardTask> tasks, CancellationToken stopping)
    {
        if (!await tracks.TryMoveAsync(from, claimed, [])) return true;
        var outcomes = await Task.WhenAll(tasks.Select(task => showing.ShowAsync(task, standing, stopping).AsTask()));
        for (var tries = 0; tries < Tickets.MaxTries; tries++)
        {
            // Read anew: somebody may have found a copy meanwhile, or taken over.
            if (await tracks.ReadAsync(standing.Ticket.Id, CancellationToken.None) is not { IsLive: true } now) return false;
            var next = tasks.Zip(outcomes).Aggregate(now.Track, (track, done) =>
                CardPlan.After(track, done.First, standing.Revision, done.Second, records.Now, CardShowing.Wait));
            if (next.Courier == records.Instance) next = next with { Courier = null, CourierUntil = null };
            if (await tracks.TryMoveAsync(now, next, ToldIn(standing.Ticket, tasks.Zip(outcomes)))) return true;
        }

        throw new LedgerUnavailableException($"The cards of ticket {standing.Ticket.Id} were moved by others {Tickets.MaxTries} times in a row.");
    }

    /// <summary>The first card in a place is an event for the record; what is said on it later is the ticket's own.</summary>
    private IReadOnlyList<LedgerRecord> ToldIn(Ticket ticket, IEnumerable<(CardTask Task, CardOutcome Outcome)> done)
    {
        var places = done.Where(one => one is { Task.Address: null, Outcome: CardOutcome.Shown }).Select(one => $"{one.Task.Place}").ToList();
        return places.Count == 0 ? [] : [records.Told(ticket, RecordKind.TicketNotified, string.Join(", ", places))];
    }

    private static string Ended(CardTrack track)
    {
        var places = track.Places.Where(place => place.Stands).Select(place => $"{place.Place}").ToList();
        return places.Count == 0 ? "it was over before anybody was told" : $"told that it is over: {string.Join(", ", places)}";
    }
}
