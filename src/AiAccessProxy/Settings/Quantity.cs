using System.Globalization;
using System.Text;

namespace AiAccessProxy.Settings;

/// <summary>Numbers with a unit, as settings and policies write them.</summary>
internal static class Quantity
{
    private static readonly (string Unit, long Milliseconds)[] Spans =
        [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];

    private static readonly (string Unit, long Bytes)[] Sizes = [("MiB", 1024 * 1024), ("KiB", 1024), ("", 1)];

    /// <summary><c>50s</c>, <c>10m</c>, <c>1h30m</c>: larger units first, each at most once. Null for anything else, and for more than ten thousand years.</summary>
    public static TimeSpan? Span(string text)
    {
        if (text.Length == 0) return null;
        var (at, unit, total) = (0, 0, 0L);
        while (at < text.Length)
        {
            var digits = at;
            while (digits < text.Length && char.IsAsciiDigit(text[digits])) digits++;
            var letters = digits;
            while (letters < text.Length && char.IsAsciiLetter(text[letters])) letters++;
            var found = Array.FindIndex(Spans, unit, one => text.AsSpan(digits, letters - digits).SequenceEqual(one.Unit));
            if (found < 0 || Number(text.AsSpan(at, digits - at)) is not { } number) return null;
            total += number * Spans[found].Milliseconds;
            (at, unit) = (letters, found + 1);
        }

        return total <= (long)TimeSpan.MaxValue.TotalMilliseconds ? TimeSpan.FromMilliseconds(total) : null;
    }

    /// <summary><c>64KiB</c>, <c>1MiB</c>, or plain bytes.</summary>
    public static long? Bytes(string text)
    {
        var (unit, bytes) = Sizes.First(one => text.EndsWith(one.Unit, StringComparison.Ordinal));
        return Number(text.AsSpan(0, text.Length - unit.Length)) * bytes;
    }

    /// <summary>As <see cref="Span"/> reads it, to the millisecond.</summary>
    public static string Words(TimeSpan span)
    {
        var left = (long)span.Duration().TotalMilliseconds;
        if (left == 0) return "0s";
        var words = new StringBuilder(span < TimeSpan.Zero ? "-" : "");
        foreach (var (unit, milliseconds) in Spans)
        {
            if (left >= milliseconds) words.Append(CultureInfo.InvariantCulture, $"{left / milliseconds}{unit}");
            left %= milliseconds;
        }

        return words.ToString();
    }

    public static string Words(long bytes)
    {
        var (unit, one) = Sizes.First(size => size.Bytes == 1 || (bytes % size.Bytes == 0 && bytes > 0));
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / one}{unit}");
    }

    // Nine digits: no product of it with a unit overflows, and no sum of five of those.
    private static long? Number(ReadOnlySpan<char> digits) =>
        digits.Length is > 0 and <= 9 && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
