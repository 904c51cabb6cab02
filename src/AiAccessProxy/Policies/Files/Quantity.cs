using System.Globalization;

namespace AiAccessProxy.Policies.Files;

/// <summary>Numbers with a unit.</summary>
internal static class Quantity
{
    private static readonly (string Unit, double Milliseconds)[] Spans =
        [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

    private static readonly (string Unit, long Bytes)[] Sizes = [("KiB", 1024), ("MiB", 1024 * 1024), ("", 1)];

    public static TimeSpan? Span(string text)
    {
        foreach (var (unit, milliseconds) in Spans)
        {
            if (Number(text, unit) is { } number) return TimeSpan.FromMilliseconds(number * milliseconds);
        }

        return null;
    }

    public static long? Bytes(string text)
    {
        foreach (var (unit, bytes) in Sizes)
        {
            if (Number(text, unit) is { } number) return number * bytes;
        }

        return null;
    }

    public static string Words(TimeSpan span)
    {
        var (unit, milliseconds) = Spans.Last(one => one.Milliseconds == 1 || span.TotalMilliseconds % one.Milliseconds == 0 && span > TimeSpan.Zero);
        return string.Create(CultureInfo.InvariantCulture, $"{span.TotalMilliseconds / milliseconds:0}{unit}");
    }

    // Nine digits: no product of it with a unit overflows.
    private static long? Number(string text, string unit) =>
        text.EndsWith(unit, StringComparison.Ordinal) && text.Length - unit.Length is > 0 and <= 9
        && long.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
