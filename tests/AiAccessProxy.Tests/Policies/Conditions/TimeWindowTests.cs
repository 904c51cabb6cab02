using System.Globalization;
using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Conditions;

namespace AiAccessProxy.Tests.Policies.Conditions;

/// <summary>Windows of time: their edges, midnight, and both changes of daylight saving.</summary>
public class TimeWindowTests
{
    [Theory]
    // The edges
    [InlineData("hours: 08:00-18:00, zone: UTC", "2026-06-16T07:59:59.9999999Z", false)]
    [InlineData("hours: 08:00-18:00, zone: UTC", "2026-06-16T08:00:00Z", true)]
    [InlineData("hours: 08:00-18:00, zone: UTC", "2026-06-16T17:59:59.9999999Z", true)]
    [InlineData("hours: 08:00-18:00, zone: UTC", "2026-06-16T18:00:00Z", false)]
    [InlineData("hours: 08:00-24:00, zone: UTC", "2026-06-16T23:59:59.9999999Z", true)]
    [InlineData("hours: 00:00-24:00, zone: UTC", "2026-06-16T00:00:00Z", true)]
    // Midnight: the small hours belong to the day before
    [InlineData("days: [fri], hours: 22:00-06:00, zone: UTC", "2026-06-19T22:00:00Z", true)]
    [InlineData("days: [fri], hours: 22:00-06:00, zone: UTC", "2026-06-20T05:59:59Z", true)]
    [InlineData("days: [fri], hours: 22:00-06:00, zone: UTC", "2026-06-20T06:00:00Z", false)]
    [InlineData("days: [fri], hours: 22:00-06:00, zone: UTC", "2026-06-20T22:00:00Z", false)]
    [InlineData("days: [fri], hours: 22:00-06:00, zone: UTC", "2026-06-19T05:00:00Z", false)]
    [InlineData("days: [sat], hours: 22:00-06:00, zone: UTC", "2026-06-21T05:00:00Z", true)]
    // The zone says which day and hour it is
    [InlineData("days: [wed], zone: Pacific/Auckland", "2026-06-16T12:00:00Z", true)]
    [InlineData("days: [tue], zone: Pacific/Auckland", "2026-06-16T11:59:59Z", true)]
    [InlineData("days: [mon], zone: America/Los_Angeles", "2026-06-16T06:59:59Z", true)]
    // The clock goes forward in Berlin on 29 March 2026, 02:00 to 03:00
    [InlineData("hours: 08:00-18:00, zone: Europe/Berlin", "2026-03-28T07:00:00Z", true)]
    [InlineData("hours: 08:00-18:00, zone: Europe/Berlin", "2026-03-29T05:59:59Z", false)]
    [InlineData("hours: 08:00-18:00, zone: Europe/Berlin", "2026-03-29T06:00:00Z", true)]
    [InlineData("hours: 02:15-02:45, zone: Europe/Berlin", "2026-03-29T00:59:59Z", false)]
    [InlineData("hours: 02:15-02:45, zone: Europe/Berlin", "2026-03-29T01:00:00Z", false)]
    [InlineData("hours: 02:30-04:00, zone: Europe/Berlin", "2026-03-29T01:00:00Z", true)]
    // and back on 25 October 2026, 03:00 to 02:00
    [InlineData("hours: 08:00-18:00, zone: Europe/Berlin", "2026-10-24T06:00:00Z", true)]
    [InlineData("hours: 08:00-18:00, zone: Europe/Berlin", "2026-10-25T06:00:00Z", false)]
    [InlineData("hours: 08:00-18:00, zone: Europe/Berlin", "2026-10-25T07:00:00Z", true)]
    [InlineData("hours: 02:15-02:45, zone: Europe/Berlin", "2026-10-25T00:30:00Z", true)]
    [InlineData("hours: 02:15-02:45, zone: Europe/Berlin", "2026-10-25T01:00:00Z", false)]
    [InlineData("hours: 02:15-02:45, zone: Europe/Berlin", "2026-10-25T01:30:00Z", true)]
    [InlineData("days: [sat], hours: 22:00-02:30, zone: Europe/Berlin", "2026-10-25T01:29:59Z", true)]
    // at midnight itself in Havana, where 8 March 2026 has no first hour
    [InlineData("days: [sun], hours: 00:00-01:00, zone: America/Havana", "2026-03-08T05:00:00Z", false)]
    [InlineData("days: [sat], hours: 23:00-02:00, zone: America/Havana", "2026-03-08T05:30:00Z", true)]
    public void A_window_is_what_a_clock_on_the_wall_shows(string time, string at, bool within)
    {
        var moment = DateTimeOffset.Parse(at, CultureInfo.InvariantCulture);
        var policy = Some.Policy($"- {{ id: one, effect: deny, match: {{ time: {{ {time} }} }} }}", "default: allow");
        Assert.Equal(within, Some.Decided(policy, at: moment).Decision is Decision.Deny);
        // An instant is the same whatever offset it is written with.
        Assert.Equal(within, Some.Decided(policy, at: moment.ToOffset(TimeSpan.FromHours(-9))).Decision is Decision.Deny);
    }

    [Fact]
    public void A_year_of_moments_comes_out_as_counting_minutes_on_the_wall_does()
    {
        string[] zones = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Havana"];
        var random = new Random(20_261_121);
        var held = 0;
        for (var run = 0; run < Some.Runs(20_000); run++)
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(zones[random.Next(zones.Length)]);
            var from = random.Next(24 * 60);
            var length = random.Next(1, 24 * 60 - (from == 0 ? 0 : 1));
            var to = from + length > 24 * 60 ? from + length - 24 * 60 : from + length;
            var days = Enum.GetValues<DayOfWeek>().Where(_ => random.Next(2) == 0).ToList();
            var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(random.Next(366 * 24 * 60));

            // The naive way: on each day that it may begin on, count its minutes.
            var wall = (at + zone.GetUtcOffset(at)).DateTime;
            var expected = new[] { wall.Date, wall.Date.AddDays(-1) }.Any(day =>
                days.Contains(day.DayOfWeek) && wall >= day.AddMinutes(from) && wall < day.AddMinutes(from + length));
            held += expected ? 1 : 0;

            var window = new TimeWindow(days, TimeSpan.FromMinutes(from), TimeSpan.FromMinutes(to), zone);
            Assert.True(expected == window.Holds(at), $"{window} at {at:O}");
        }

        Assert.True(held > 1_000);
    }
}
