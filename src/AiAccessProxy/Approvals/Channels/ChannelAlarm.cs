using System.Collections.Concurrent;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals.Channels;

/// <summary>What does not reach reviewers, for operators: in the log, and for as long as it lasts on the page of the proxy's health.</summary>
internal sealed partial class ChannelAlarm(ChannelHealth health, TimeProvider time, ILogger<ChannelAlarm> logger)
{
    /// <summary>Where nobody tried for so long, it is not known any more that it fails: perhaps no rule names that place now.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<NotifyPlace, (DateTimeOffset Since, DateTimeOffset Last, string Why)> _failing = [];

    /// <summary>Places where the last try came to nothing, since when, and why.</summary>
    public IReadOnlyList<(NotifyPlace Place, DateTimeOffset Since, string Why)> Failing =>
    [
        .. _failing.Where(one => time.GetUtcNow() - one.Value.Last < Memory)
            .Select(one => (one.Key, one.Value.Since, one.Value.Why)).OrderBy(one => $"{one.Key}", StringComparer.Ordinal),
    ];

    public void Tried(CardTask task, CardOutcome outcome)
    {
        // A card that somebody took away says nothing of its place: the channel answered, and the next one is shown there or is not.
        if (task.Address is not null && outcome is CardOutcome.Gone) return;
        var why = outcome switch
        {
            CardOutcome.Throttled => "the channel asks to wait",
            CardOutcome.Gone(var words) => words,
            CardOutcome.Refused(var words) => words,
            CardOutcome.Unreachable(var words) => words,
            _ => null,
        };
        if (why is null) Works(task.Place);
        else Fails(task.Place, why);
    }

    public void Unheard(Ticket ticket, IReadOnlyList<PlaceTrack> places)
    {
        foreach (var place in places) Log.Unheard(logger, ticket.Id, place.Place, place.Lost ?? "nobody answers there");
    }

    private void Works(NotifyPlace place)
    {
        health.Delivered(place.Channel);
        if (_failing.TryRemove(place, out var before)) Log.Works(logger, place, before.Since);
    }

    private void Fails(NotifyPlace place, string why)
    {
        health.Failed(place.Channel);
        var now = time.GetUtcNow();
        var known = _failing.AddOrUpdate(place, _ => (now, now, why), (_, before) => (now - before.Last < Memory ? before.Since : now, now, why));
        if (known.Since == now) Log.Fails(logger, place, why);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Reviewers are not reached in {Place}: {Why}")]
        public static partial void Fails(ILogger logger, NotifyPlace place, string why);

        [LoggerMessage(2, LogLevel.Information, "Reviewers are reached in {Place} again; they were not since {Since}")]
        public static partial void Works(ILogger logger, NotifyPlace place, DateTimeOffset since);

        [LoggerMessage(3, LogLevel.Error, "Ticket {Ticket} could not be told of in {Place}, and channels:default names no other place: reviewers see it on the console alone ({Why})")]
        public static partial void Unheard(ILogger logger, TicketId ticket, NotifyPlace place, string why);
    }
}
