using AiAccessProxy.Ledger;

namespace AiAccessProxy.Approvals.Channels;

/// <summary>
/// Has the holds of this instance tell when somebody was told on a channel, also when another instance showed the card: by the cards' registers,
/// whose moves all instances hear of. For traces alone, and best effort like them: a hint that was lost is an event that is missing.
/// </summary>
internal sealed class CardNews(CardTracks tracks, ReviewChannels channels, ApprovalDesk desk, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private HintFollowing<TicketId>? _hints;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (!channels.IsAny) return Task.CompletedTask;
        _hints = new(tracks.ChangesAsync, Again, time);
        return base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _hints!.RunAsync(
        async id =>
        {
            if (!desk.Holds(id) || await tracks.ReadAsync(id, stoppingToken) is not { } standing) return;
            foreach (var place in standing.Track.Places.Where(place => place.Stands)) desk.Notified(id, place.Place.Channel);
        },
        unavailable: _ => { }, stoppingToken);
}
