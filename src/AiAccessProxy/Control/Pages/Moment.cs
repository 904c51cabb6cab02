using System.Globalization;

namespace AiAccessProxy.Control.Pages;

/// <summary>Points in time, as pages write them. What counts down is kept current by the script; without it the page's own time stands.</summary>
internal static class Moment
{
    public static Html At(DateTimeOffset time) => Html.Of(
        $"<time datetime=\"{Exact(time)}\">{Plain(time)}</time>");

    public static string Plain(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>How long ago, or how soon. The exact time is in the element, for machines and for whoever points at it.</summary>
    public static Html Ago(DateTimeOffset time, DateTimeOffset now) => Html.Of(
        $"<time datetime=\"{Exact(time)}\" title=\"{Plain(time)}\" data-at=\"{time.ToUnixTimeMilliseconds()}\">{Relative(time - now)}</time>");

    public static Html Left(DateTimeOffset deadline, DateTimeOffset now) => Html.Of(
        $"<span class=\"left\" data-deadline=\"{deadline.ToUnixTimeMilliseconds()}\">{InWords(deadline - now)} left</span>");

    /// <summary>Rounded down, so that nobody is promised more than there is; <c>app.js</c> says it in the same words.</summary>
    public static string InWords(TimeSpan span) => span switch
    {
        _ when span < TimeSpan.FromSeconds(1) => "no time",
        _ when span < TimeSpan.FromMinutes(1) => $"{span.Seconds} s",
        _ when span < TimeSpan.FromMinutes(10) => $"{span.Minutes} min {span.Seconds} s",
        _ when span < TimeSpan.FromHours(1) => $"{span.Minutes} min",
        _ when span < TimeSpan.FromDays(1) => $"{span.Hours} h {span.Minutes} min",
        _ => $"{span.Days} d {span.Hours} h",
    };

    /// <summary>A length of time as somebody set it: <c>8 h</c>, <c>1 h 30 min</c>.</summary>
    public static string Length(TimeSpan span) => string.Join(' ', new[] { (span.Days, "d"), (span.Hours, "h"), (span.Minutes, "min"), (span.Seconds, "s") }
        .Where(part => part.Item1 > 0).Select(part => $"{part.Item1} {part.Item2}"));

    /// <summary>The time from now on, negative for what is past; <c>app.js</c> says it in the same words.</summary>
    public static string Relative(TimeSpan fromNow) => (fromNow.Duration(), fromNow < TimeSpan.Zero) switch
    {
        ({ TotalMinutes: < 1 }, true) => "just now",
        ({ TotalMinutes: < 1 }, false) => "in a moment",
        (var span, true) => $"{Coarse(span)} ago",
        (var span, false) => $"in {Coarse(span)}",
    };

    private static string Coarse(TimeSpan span) => span switch
    {
        _ when span < TimeSpan.FromHours(1) => $"{span.Minutes} min",
        _ when span < TimeSpan.FromDays(2) => $"{(int)span.TotalHours} h",
        _ => $"{span.Days} d",
    };

    private static string Exact(DateTimeOffset time) => time.UtcDateTime.ToString("o", CultureInfo.InvariantCulture);
}
