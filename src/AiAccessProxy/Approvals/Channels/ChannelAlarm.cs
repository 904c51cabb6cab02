using System.Collections.Concurrent;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals.Channels;

/// <summary>What does not reach reviewers, for operators: in the log, and for as long as it lasts on the page of the proxy's health.</summary>
internal sealed partial class ChannelAlarm(TimeProvider time, ILogger<ChannelAlarm> logger)
{
    private readonly ConcurrentDictionary<NotifyPlace, (DateTimeOffset Since, string Why)> _failing = [];

    /// <summary>Places where the last try came to nothing, since when, and why.</summary>
    public IReadOnlyList<(NotifyPlace Place, DateTimeOffset Since, string Why)> Failing =>
        [.. _failing.Select(one => (one.Key, one.Value.Since, one.Value.Why)).OrderBy(one => $"{one.Key}", StringComparer.Ordinal)];

    public void Tried(NotifyPlace place, CardOutcome outcome)
    {
        var why = outcome switch
        {
            CardOutcome.Throttled => "the channel asks to wait",
            CardOutcome.Gone(var words) => words,
            CardOutcome.Refused(var words) => words,
            CardOutcome.Unreachable(var words) => words,
            _ => null,
        };
        if (why is null)
        {
            if (_failing.TryRemove(place, out var before)) Log.Works(logger, place, before.Since);
            return;
        }

        if (_failing.TryAdd(place, (time.GetUtcNow(), why))) Log.Fails(logger, place, why);
        else _failing[place] = (_failing.TryGetValue(place, out var known) ? known.Since : time.GetUtcNow(), why);
    }

    public void Unheard(Ticket ticket, IReadOnlyList<PlaceTrack> places)
    {
        foreach (var place in places) Log.Unheard(logger, ticket.Id, place.Place, place.Lost ?? "nobody answers there");
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
