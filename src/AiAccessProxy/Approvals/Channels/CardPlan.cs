using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals.Channels;

/// <summary>What to show where, and what a try makes of it. Pure.</summary>
internal static class CardPlan
{
    /// <summary>After this a card that cannot be changed stays as it is; what is clicked on it is answered by how the ticket stands.</summary>
    public static readonly TimeSpan Perseverance = TimeSpan.FromHours(24);

    /// <summary>Tries that are remembered; the oldest of those that nobody heard of are forgotten.</summary>
    private const int MostAttempts = 20;

    /// <summary>What is to be done now. A card is shown for the first time only while the ticket can be decided.</summary>
    public static IReadOnlyList<CardTask> Due(CardTrack track, Standing standing, DateTimeOffset now, Func<string> nonce)
    {
        var tasks = new List<CardTask>();
        foreach (var place in track.Places.Where(place => place.Lost is null && !(now < place.NextTry)))
        {
            tasks.AddRange(place.Attempts.Where(attempt => attempt.Stands && attempt.Says < standing.Revision)
                .Select(attempt => new CardTask(place.Place, attempt.Nonce, attempt.Address, attempt.Says)));
            if (!place.Stands && IsOpen(standing.Ticket, now)) tasks.Add(new(place.Place, nonce(), null, 0));
        }

        return tasks;
    }

    /// <summary>The same with these tasks taken on, and every new copy on record before it is sent.</summary>
    public static CardTrack Claimed(CardTrack track, IReadOnlyList<CardTask> tasks, string instance, DateTimeOffset until)
    {
        foreach (var task in tasks.Where(task => task.Address is null))
            track = track.With(task.Place, place => place with { Attempts = [.. place.Attempts.TakeLast(MostAttempts - 1), new(task.Nonce)] });
        return track with { Courier = instance, CourierUntil = until };
    }

    /// <summary>What a try made of it.</summary>
    /// <param name="wait">How long to wait after so many tries in a row, given what the channel asked for.</param>
    public static CardTrack After(
        CardTrack track, CardTask task, long revision, CardOutcome outcome, DateTimeOffset now, Func<int, TimeSpan?, TimeSpan> wait) =>
        track.With(task.Place, place => outcome switch
        {
            CardOutcome.Shown(var address) => place.With(task.Nonce, attempt => Shown(attempt, task, revision, address))
                with
            { Failures = 0, FailingSince = null, NextTry = null },
            // Nothing was shown, so nobody will ever come with this nonce.
            CardOutcome.Throttled(var after) => Later(task.Address is null ? Without(place, task.Nonce) : place, now, wait(place.Failures + 1, after)),
            CardOutcome.Unreachable => Later(place, now, wait(place.Failures + 1, null)),
            CardOutcome.Gone(var why) => Lost(place, task, why),
            CardOutcome.Refused(var why) => Lost(place, task, why),
            _ => throw new InvalidOperationException($"Nothing is known of {outcome.GetType().Name}."),
        });

    /// <summary>Somebody came with a copy that was in doubt: now it is known where it stands.</summary>
    public static CardTrack Found(CardTrack track, string nonce, string address) => track with
    {
        Places = [.. track.Places.Select(place => place.With(nonce, attempt => attempt.Address is null ? attempt with { Address = address, Says = 0 } : attempt))],
    };

    /// <summary>
    /// Another place for each that failed for good, or for longer than <paramref name="patience"/>: the next of <paramref name="fallbacks"/> that
    /// is not among them. Those for which none was left are told in <paramref name="unheard"/>.
    /// </summary>
    public static CardTrack Replaced(
        CardTrack track, Ticket ticket, DateTimeOffset now, TimeSpan patience, IReadOnlyList<NotifyPlace> fallbacks, out IReadOnlyList<PlaceTrack> unheard)
    {
        var left = new List<PlaceTrack>();
        unheard = left;
        if (!IsOpen(ticket, now)) return track;
        foreach (var failed in track.Places.Where(place => !place.IsReplaced && (place.Lost is not null || now - place.FailingSince >= patience)).ToList())
        {
            track = track.With(failed.Place, place => place with { IsReplaced = true });
            if (fallbacks.FirstOrDefault(one => track.Places.All(place => place.Place != one)) is { } next) track = track with { Places = [.. track.Places, new(next)] };
            else left.Add(failed);
        }

        return track;
    }

    /// <summary>The ticket is over, and every card that can say so does.</summary>
    public static bool IsSettled(CardTrack track, Standing standing, DateTimeOffset now) =>
        standing.Ticket is { IsOver: true, Ended: { } ended }
        && (now - ended >= Perseverance || track.Places.All(place =>
            place.Lost is not null || place.Attempts.All(attempt => !attempt.Stands || attempt.Says >= standing.Revision)));

    public static bool IsOpen(Ticket ticket, DateTimeOffset now) => ticket.Status == TicketStatus.Pending && now < ticket.DecideBy;

    /// <summary>When somebody else changed the card meanwhile, it is not known whose words came last: it is changed once more.</summary>
    private static CardAttempt Shown(CardAttempt attempt, CardTask task, long revision, string address) =>
        attempt with { Address = attempt.Address ?? address, Says = attempt.Says == task.Before ? revision : 0 };

    private static PlaceTrack Without(PlaceTrack place, string nonce) => place with
    {
        Attempts = [.. place.Attempts.Where(attempt => attempt.Nonce != nonce || attempt.Address is not null)],
    };

    private static PlaceTrack Later(PlaceTrack place, DateTimeOffset now, TimeSpan wait) =>
        place with { Failures = place.Failures + 1, FailingSince = place.FailingSince ?? now, NextTry = now + wait };

    private static PlaceTrack Lost(PlaceTrack place, CardTask task, string why)
    {
        if (task.Address is null) return Without(place, task.Nonce) with { Lost = why, NextTry = null };
        var left = place.With(task.Nonce, attempt => attempt with { IsGone = true });
        return left.Stands ? left : left with { Lost = why, NextTry = null };
    }
}
