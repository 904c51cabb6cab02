using System.Globalization;

namespace AiAccessProxy.Actions;

/// <summary>The <c>Prefer</c> fields of a call (RFC 7240): what the proxy consumes is taken out, the rest is forwarded as it came.</summary>
internal static class PreferHeader
{
    public const string Name = "Prefer";

    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Reads one field value. <paramref name="rest"/> is what is forwarded; null when nothing is left.</summary>
    public static Preference Read(string value, out string? rest)
    {
        var respondAsync = false;
        TimeSpan? wait = null;
        var kept = new List<string>();
        var consumed = false;
        foreach (var preference in Split(value))
        {
            if (preference.Equals("respond-async", StringComparison.OrdinalIgnoreCase))
            {
                respondAsync = consumed = true;
            }
            else if (WaitOf(preference) is { } seconds)
            {
                wait ??= seconds; // the first one counts (RFC 7240, 2)
                consumed = true;
            }
            else
            {
                kept.Add(preference);
            }
        }

        rest = !consumed ? value : kept.Count == 0 ? null : string.Join(", ", kept);
        return new(respondAsync, wait);
    }

    private static TimeSpan? WaitOf(string preference)
    {
        var equals = preference.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0 || !preference.AsSpan(0, equals).Trim().Equals("wait", StringComparison.OrdinalIgnoreCase)) return null;
        var digits = preference.AsSpan(equals + 1).Trim();
        if (digits is ['"', .. var inner, '"']) digits = inner;
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9')) return null;
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < Longest.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : Longest;
    }

    private static IEnumerable<string> Split(string value)
    {
        var start = 0;
        var quoted = false;
        for (var at = 0; at <= value.Length; at++)
        {
            if (at < value.Length && quoted && value[at] == '\\')
            {
                at++;
            }
            else if (at < value.Length && value[at] == '"')
            {
                quoted = !quoted;
            }
            else if (at >= value.Length || (value[at] == ',' && !quoted))
            {
                var part = value[start..Math.Min(at, value.Length)].Trim();
                if (part.Length > 0) yield return part;
                start = at + 1;
            }
        }
    }
}
