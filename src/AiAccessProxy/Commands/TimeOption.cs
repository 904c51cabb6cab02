using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace AiAccessProxy.Commands;

/// <summary>Options that take a time: written out (ISO 8601; UTC unless it says otherwise), or as a distance from now (<c>90s</c>, <c>30m</c>, <c>2h</c>, <c>7d</c>).</summary>
internal static class TimeOption
{
    private const int LongestDays = 36_500;

    /// <summary>A distance leads back from now.</summary>
    public static Option<DateTimeOffset?> Past(string name, string description) => Of(name, description, "2h (ago)", distance => -distance);

    /// <summary>A distance leads on from now.</summary>
    public static Option<DateTimeOffset?> Future(string name, string description) => Of(name, description, "90d (from now)", distance => distance);

    /// <summary>How long something lasts.</summary>
    public static Option<TimeSpan?> Length(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "time",
        CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (Distance(text) is { } length) return length;
            result.AddError($"{name} '{text}' is no length of time; write it like 90s, 30m, 2h or 7d.");
            return null;
        },
    };

    private static Option<DateTimeOffset?> Of(string name, string description, string example, Func<TimeSpan, TimeSpan> from) => new(name)
    {
        Description = description,
        HelpName = "time",
        CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
            if (Distance(text) is { } distance) return TimeProvider.System.GetUtcNow() + from(distance);
            if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var time)) return time;
            result.AddError($"{name} '{text}' is no time; write it like 2026-11-21T09:00:00Z or {example}.");
            return null;
        },
    };

    private static TimeSpan? Distance(string text)
    {
        if (text.Length < 2 || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        TimeSpan? distance = text[^1] switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(Math.Min(number, LongestDays + 1)),
            _ => null,
        };
        return distance <= TimeSpan.FromDays(LongestDays) ? distance : null;
    }
}
