using System.Globalization;

namespace AiAccessProxy.Tests.Policies.Generated;

/// <summary>A window of time: it begins on one of <paramref name="Days"/>, <paramref name="From"/> minutes after midnight.</summary>
internal sealed record DrawnTime(IReadOnlyList<string> Days, int From, int Minutes, string Zone)
{
    public string Yaml => $"{{ days: [{string.Join(", ", Days)}], hours: {Clock(From)}-{Clock(From + Minutes > 1440 ? From + Minutes - 1440 : From + Minutes)}, zone: {Zone} }}";

    /// <summary>On each day that it may have begun on, its minutes are counted by the clock on the wall.</summary>
    public bool Holds(DateTimeOffset at)
    {
        var wall = (at + TimeZoneInfo.FindSystemTimeZoneById(Zone).GetUtcOffset(at)).DateTime;
        return new[] { wall.Date, wall.Date.AddDays(-1) }.Any(day =>
            Days.Any(name => day.ToString("ddd", CultureInfo.InvariantCulture).Equals(name, StringComparison.OrdinalIgnoreCase))
            && wall >= day.AddMinutes(From) && wall < day.AddMinutes(From + Minutes));
    }

    private static string Clock(int minutes) => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:00}:{minutes % 60:00}");
}
