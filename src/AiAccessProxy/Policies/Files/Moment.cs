using System.Globalization;

namespace AiAccessProxy.Policies.Files;

/// <summary>Reads points in time, which always say their zone.</summary>
internal static class Moment
{
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:sszzz"];

    public static DateTimeOffset? Read(Section section, string key)
    {
        if (section.Read(key) is not { } written) return null;
        if (DateTimeOffset.TryParseExact(written.Text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)) return time;
        section.Source.Report(written, $"{written.Told} is no time", "write it with its zone: 2027-06-30T00:00:00Z");
        return null;
    }
}
