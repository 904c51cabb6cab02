namespace AiAccessProxy.Policies.Conditions;

/// <summary>
/// Days and hours as a clock on the wall shows them in <paramref name="Zone"/>. Where the clock is put back an hour comes twice and counts
/// both times; where it is put forward an hour never comes.
/// </summary>
/// <param name="Days">Those on which the window begins: the part after midnight of one that begins on a Friday is Friday's.</param>
/// <param name="From">The first moment within it, below 24 hours.</param>
/// <param name="To">The first moment after it, up to 24 hours; before <paramref name="From"/> for a window over midnight. Never equal to it.</param>
internal sealed record TimeWindow(IReadOnlyList<DayOfWeek> Days, TimeSpan From, TimeSpan To, TimeZoneInfo Zone)
{
    public bool Holds(DateTimeOffset at)
    {
        var here = TimeZoneInfo.ConvertTime(at, Zone);
        var clock = here.TimeOfDay;
        if (From < To) return clock >= From && clock < To && Days.Contains(here.DayOfWeek);
        return clock >= From ? Days.Contains(here.DayOfWeek) : clock < To && Days.Contains(Before(here.DayOfWeek));
    }

    private static DayOfWeek Before(DayOfWeek day) => (DayOfWeek)(((int)day + 6) % 7);
}
