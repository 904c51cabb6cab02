using System.Globalization;
using AiAccessProxy.Control.Pages;

namespace AiAccessProxy.Commands.Tables;

/// <summary>Points in time, as a terminal tells them: how far away, and exactly when (UTC).</summary>
internal static class Moments
{
    public static string Exact(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Of(DateTimeOffset time, DateTimeOffset now) => $"{Relative(time, now)} ({Exact(time)})";

    /// <summary>For the cell of a table: without the day when it is less than a day away.</summary>
    public static string Cell(DateTimeOffset? time, DateTimeOffset now) => time is not { } at ? "-"
        : (at - now).Duration() < TimeSpan.FromDays(1) ? string.Create(CultureInfo.InvariantCulture, $"{Relative(at, now)} ({at.UtcDateTime:HH:mm:ss}Z)")
        : Of(at, now);

    private static string Relative(DateTimeOffset time, DateTimeOffset now) => (time - now) switch
    {
        var span when span.Duration() < TimeSpan.FromSeconds(1) => "now",
        var span when span > TimeSpan.Zero => $"in {Moment.InWords(span)}",
        var span => $"{Moment.InWords(-span)} ago",
    };
}
