using System.Globalization;

namespace AiAccessProxy.Control.Pages;

/// <summary>Points in time, as pages write them. What counts down is kept current by the script; without it the page's own time stands.</summary>
internal static class Moment
{
    public static Html At(DateTimeOffset time) => Html.Of(
        $"<time datetime=\"{time.UtcDateTime.ToString("o", CultureInfo.InvariantCulture)}\">{Plain(time)}</time>");

    public static string Plain(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

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
}
