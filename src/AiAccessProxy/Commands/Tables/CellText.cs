using System.Globalization;
using System.Text;

namespace AiAccessProxy.Commands.Tables;

/// <summary>Text that is to stand in so many columns of a terminal: safe, and measured as terminals do.</summary>
internal static class CellText
{
    /// <summary>Longer texts are cut even where there is room: a table is for reading, <c>--json</c> has everything.</summary>
    public const int Longest = 160;

    /// <summary>Ranges of characters that take two columns (Unicode, East Asian Width W and F, and pictures).</summary>
    private static readonly (int First, int Last)[] Wide =
    [
        (0x1100, 0x115f), (0x2e80, 0x303e), (0x3041, 0xa4cf), (0xa960, 0xa97f), (0xac00, 0xd7a3), (0xf900, 0xfaff), (0xfe30, 0xfe6f),
        (0xff01, 0xff60), (0xffe0, 0xffe6), (0x1f300, 0x1faff), (0x20000, 0x3fffd),
    ];

    /// <summary>Made safe for a terminal, at most <paramref name="columns"/> wide, the last of them an ellipsis when something is missing.</summary>
    public static string Of(string text, int columns = Longest) => Cut(TerminalText.Of(text), columns);

    /// <summary>As much as fits of what is safe already.</summary>
    public static string Cut(string safe, int columns)
    {
        if (WidthOf(safe) <= columns) return safe;
        var (cut, width) = (new StringBuilder(), 0);
        foreach (var rune in safe.EnumerateRunes())
        {
            width += WidthOf(rune);
            if (width > columns - 1) break;
            cut.Append(rune.ToString());
        }

        return cut.Append('…').ToString();
    }

    public static int WidthOf(string safe) => safe.EnumerateRunes().Sum(WidthOf);

    private static int WidthOf(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? 0
        : Array.Exists(Wide, range => rune.Value >= range.First && rune.Value <= range.Last) ? 2
        : 1;
}
