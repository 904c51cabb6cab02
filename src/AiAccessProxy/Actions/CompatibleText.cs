using System.Globalization;
using System.Text;

namespace AiAccessProxy.Actions;

/// <summary>
/// Characters that some servers replace by ASCII: Unicode compatibility forms (NFKC) and the best-fit tables of code pages. They are data
/// to everybody else, so they are let in; what matters is what they could become.
/// </summary>
internal static class CompatibleText
{
    /// <summary>Those that become <c>/</c>, <c>\</c>, <c>;</c>, <c>%</c>, <c>?</c> or <c>#</c>, each with what it becomes.</summary>
    private static readonly IReadOnlyDictionary<char, string> Separators = new (string Becoming, string Become)[]
    {
        ("\uFF0F\u2044\u2215", "/"), ("\u2100", "a/c"), ("\u2101", "a/s"), ("\u2105", "c/o"), ("\u2106", "c/u"),
        ("\uFF3C\uFE68\u2216\u00A5\u20A9", "\\"), ("\uFF1B\uFE54\u037E", ";"), ("\uFF05\uFE6A", "%"),
        ("\uFF1F\uFE56", "?"), ("\u2047", "??"), ("\u2048", "?!"), ("\u2049", "!?"), ("\uFF03\uFE5F", "#"),
    }.SelectMany(one => one.Becoming.Select(character => (character, one.Become))).ToDictionary();

    // What decomposes to something with an ASCII letter, digit or sign in it, by whole blocks.
    private static readonly (int First, int Last)[] Compatible =
    [
        (0x00A0, 0x0233), (0x02B0, 0x02E3), (0x037A, 0x0385), (0x1D2C, 0x1DBB), (0x1E00, 0x1EF9), (0x1FBD, 0x20A9), (0x2100, 0x2189),
        (0x2215, 0x2216), (0x2260, 0x226F), (0x2460, 0x24EA), (0x2A74, 0x2A76), (0x2C7C, 0x2C7D), (0x3000, 0x3000), (0x309B, 0x309C),
        (0x3200, 0x33FF), (0xA7F2, 0xA7F4), (0xFB00, 0xFB29), (0xFC5E, 0xFC63), (0xFDFA, 0xFE7E), (0xFF01, 0xFF5E), (0xFFE3, 0xFFE3),
        (0x107A5, 0x107A5), (0x1D400, 0x1D7FF), (0x1F100, 0x1F190), (0x1FBF0, 0x1FBF9),
    ];

    /// <summary>Each of them, as one text.</summary>
    public static string OfSeparators { get; } = string.Concat(Separators.Keys);

    /// <summary>The text with look-alikes of separators replaced.</summary>
    public static string Replaced(string text)
    {
        if (Ascii.IsValid(text)) return text;
        var replaced = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            // All of ASCII has a full-width twin; those of letters and digits matter inside of an escape.
            if (Separators.TryGetValue(character, out var become)) replaced.Append(become);
            else replaced.Append(character is >= '\uFF01' and <= '\uFF5E' ? (char)(character - 0xFEE0) : character);
        }

        return replaced.ToString();
    }

    /// <summary>Whether a rune may become others, ASCII among them.</summary>
    public static bool IsCompatible(Rune rune) => Array.Exists(Compatible, range => rune.Value >= range.First && rune.Value <= range.Last);

    /// <summary>Whether servers leave a rune out when they compare texts: marks, and what has no width.</summary>
    public static bool IsIgnorable(Rune rune) =>
        !rune.IsAscii && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format;

    /// <summary>
    /// Whether a segment is <c>.</c> or <c>..</c> to any server: dots and their look-alikes, with the spaces that Windows cuts off.
    /// </summary>
    public static bool IsDots(string segment)
    {
        var dots = false;
        foreach (var rune in segment.EnumerateRunes())
        {
            if (rune.Value is '.' or 0x2024 or 0x2025 or 0x2026 or 0x3002 or 0xFE52 or 0xFF0E or 0xFF61) dots = true;
            else if (!IsBlank(rune)) return false;
        }

        return dots;
    }

    /// <summary>Whether a segment is empty to servers that cut off spaces.</summary>
    public static bool IsBlank(string segment)
    {
        foreach (var rune in segment.EnumerateRunes())
        {
            if (!IsBlank(rune)) return false;
        }

        return true;
    }

    private static bool IsBlank(Rune rune) => rune.Value == '+' || Rune.IsWhiteSpace(rune) || IsIgnorable(rune);
}
