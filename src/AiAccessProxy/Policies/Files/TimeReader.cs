using System.Globalization;
using AiAccessProxy.Policies.Conditions;

namespace AiAccessProxy.Policies.Files;

/// <summary>Reads <c>time: { days: [mon, tue], hours: 08:00-18:00, zone: Europe/Berlin }</c>.</summary>
internal static class TimeReader
{
    private const string HoursRemedy = "write two times of day from 00:00 to 24:00, as in 08:00-18:00 or, over midnight, 22:00-06:00";

    public static Condition.During? Read(Section block)
    {
        if (block.Find("time") is not { } node || Section.Of(block.Source, node, block.Of("time"), "days", "hours", "zone") is not { } section) return null;
        if (!section.Has("days") && !section.Has("hours"))
            section.Source.Report(section.Line, section.Field, "neither days nor hours are written here", "write days: [mon, tue], hours: 08:00-18:00, or both");
        var days = section.WordList("days", Words.Days);
        var hours = section.Read("hours") is { } written ? Hours(section, written) : (TimeSpan.Zero, TimeSpan.FromDays(1));
        if (section.Required("zone", "name the zone whose clock is meant: Europe/Berlin, or UTC") is not { } name || Zone(section, name) is not { } zone) return null;
        return hours is var (from, to) ? new(new(section.Has("days") ? days : [.. Words.Days.Values], from, to, zone)) : null;
    }

    private static (TimeSpan From, TimeSpan To)? Hours(Section section, Written written)
    {
        if (written.Text.Split('-') is [var first, var last] && Clock(first) is { } from && Clock(last) is { } to && from < TimeSpan.FromDays(1))
        {
            if (from != to) return (from, to);
            section.Source.Report(written, $"{written.Told} begins when it ends", "leave hours out for whole days");
            return null;
        }

        section.Source.Report(written, $"{written.Told} are no hours", HoursRemedy);
        return null;
    }

    private static TimeSpan? Clock(string text) =>
        text == "24:00" ? TimeSpan.FromDays(1)
        : TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time.ToTimeSpan()
        : null;

    private static TimeZoneInfo? Zone(Section section, Written written)
    {
        // Names of the IANA database alone: what else a system takes for a zone differs from one to the next, and a name is part of a file's path there.
        var isName = written.Text == "UTC" || (written.Text.Contains('/') && written.Text.Split('/').All(part => part.Length > 0
            && part.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '+')));
        if (isName && TimeZoneInfo.TryFindSystemTimeZoneById(written.Text, out var zone)) return zone;
        section.Source.Report(written, $"{written.Told} is no zone that is known here", "write its name in the IANA database, as in Europe/Berlin, or UTC");
        return null;
    }
}
