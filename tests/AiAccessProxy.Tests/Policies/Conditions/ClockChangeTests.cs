using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Policies.Conditions;

/// <summary>Windows in the nights in which clocks are changed, minute by minute, and under a clock that jumps.</summary>
public class ClockChangeTests
{
    private const int Seed = 20_261_125;

    // What the law says of 2026, written without the machine's tables: when summer time begins and ends, and the hours of winter.
    private static readonly (string Zone, string Begins, string Ends, double Winter, double Summer)[] Laws =
    [
        ("Europe/Berlin", "2026-03-29T01:00Z", "2026-10-25T01:00Z", 1, 2),
        ("America/New_York", "2026-03-08T07:00Z", "2026-11-01T06:00Z", -5, -4),
        // By half an hour, and in the other half of the year.
        ("Australia/Lord_Howe", "2026-10-03T15:30Z", "2026-04-04T15:00Z", 10.5, 11),
    ];

    private static readonly (string Hours, int From, int To)[] Windows =
        [("02:00-03:00", 120, 180), ("01:30-02:30", 90, 150), ("00:00-24:00", 0, 1440), ("22:00-02:30", 1320, 150), ("03:00-01:00", 180, 60)];

    [Fact]
    public void Every_minute_around_both_changes_is_what_the_law_makes_of_it()
    {
        foreach (var law in Laws)
        {
            foreach (var (hours, from, to) in Windows)
            {
                var policy = Policy(hours, law.Zone);
                foreach (var change in new[] { law.Begins, law.Ends }.Select(Moment))
                {
                    for (var minute = -26 * 60; minute <= 26 * 60; minute++)
                    {
                        var at = change.AddMinutes(minute);
                        var wall = Wall(law, at);
                        var clock = (wall.Hour * 60) + wall.Minute;
                        // The window of a Sunday, with the part of it that is after midnight.
                        var expected = from < to
                            ? clock >= from && clock < to && wall.DayOfWeek == DayOfWeek.Sunday
                            : clock >= from ? wall.DayOfWeek == DayOfWeek.Sunday : clock < to && wall.DayOfWeek == DayOfWeek.Monday;
                        Assert.True(expected == IsWithin(policy, at), $"{hours} in {law.Zone} at {at:O}, {wall:O} there");
                    }
                }
            }
        }
    }

    [Fact]
    public void Drawn_windows_over_midnight_and_within_a_day_hold_near_the_changes_as_the_law_has_it()
    {
        var random = new Random(Seed);
        string[] days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
        var (within, beyond) = (0, 0);
        for (var run = 0; run < Some.Runs(300); run++)
        {
            var law = Laws[run % Laws.Length];
            var (from, length) = (random.Next(24 * 60), random.Next(1, 24 * 60));
            var to = from + length > 24 * 60 ? from + length - (24 * 60) : from + length;
            var chosen = days.Where(_ => random.Next(2) == 0).DefaultIfEmpty("sun").ToList();
            var policy = Some.Policy(
                $"- {{ id: one, effect: deny, match: {{ time: {{ days: [{string.Join(", ", chosen)}], hours: {Clock(from)}-{Clock(to)}, zone: {law.Zone} }} }} }}", "default: allow");
            for (var moment = 0; moment < 40; moment++)
            {
                var at = Moment(random.Next(2) == 0 ? law.Begins : law.Ends).AddSeconds(random.Next(-3 * 24 * 3600, 3 * 24 * 3600));
                var wall = Wall(law, at);
                var expected = new[] { wall.Date, wall.Date.AddDays(-1) }.Any(day =>
                    chosen.Contains(days[(int)day.DayOfWeek]) && wall >= day.AddMinutes(from) && wall < day.AddMinutes(from + length));
                Assert.True(expected == IsWithin(policy, at), $"seed {Seed}: {string.Join(' ', chosen)} {Clock(from)}-{Clock(to)} in {law.Zone} at {at:O}, {wall:O} there");
                if (expected) within++;
                else beyond++;
            }
        }

        Assert.True(within > 2_000 && beyond > 2_000, $"{within} within, {beyond} beyond");
    }

    [Theory]
    [InlineData("2026-03-29", 0)]
    [InlineData("2026-10-25", 120)]
    [InlineData("2026-11-01", 60)]
    public void The_hour_of_the_change_comes_never_or_twice(string day, int minutes)
    {
        var (policy, start) = (Policy("02:00-03:00", "Europe/Berlin"), Moment(day + "T00:00Z").AddHours(-3));
        Assert.Equal(minutes, Enumerable.Range(0, 30 * 60).Count(minute => IsWithin(policy, start.AddMinutes(minute))));
    }

    [Fact]
    public void A_clock_that_jumps_is_taken_at_its_word_every_time()
    {
        var random = new Random(Seed);
        foreach (var law in Laws)
        {
            var policy = Policy("22:00-02:30", law.Zone);
            var at = Moment(law.Begins);
            for (var jump = 0; jump < Some.Runs(500); jump++)
            {
                // Back and forth by minutes, hours or half a year: nothing of an earlier answer is left in a later one.
                at = random.Next(20) == 0 ? Moment(random.Next(2) == 0 ? law.Begins : law.Ends) : at.AddMinutes(random.Next(-600, 600));
                Assert.Equal(IsWithin(Policy("22:00-02:30", law.Zone), at), IsWithin(policy, at));
            }
        }
    }

    private static DateTime Wall((string Zone, string Begins, string Ends, double Winter, double Summer) law, DateTimeOffset at)
    {
        var (begins, ends) = (Moment(law.Begins), Moment(law.Ends));
        var isSummer = begins < ends ? at >= begins && at < ends : at >= begins || at < ends;
        return at.UtcDateTime.AddHours(isSummer ? law.Summer : law.Winter);
    }

    private static string Clock(int minutes) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{minutes / 60:00}:{minutes % 60:00}");

    private static PolicySnapshot Policy(string hours, string zone) =>
        Some.Policy($"- {{ id: one, effect: deny, match: {{ time: {{ days: [sun], hours: {hours}, zone: {zone} }} }} }}", "default: allow");

    private static bool IsWithin(PolicySnapshot policy, DateTimeOffset at) => Some.Decided(policy, at: at).Decision is Decision.Deny;

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
