using System.Globalization;
using System.Text;

namespace AiAccessProxy.Approvals.Showing;

/// <summary>Which characters may stand for themselves before a reviewer.</summary>
internal static class Visible
{
    public static bool Stands(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        _ when rune.Value == '\\' => false,
        UnicodeCategory.SpaceSeparator => rune.Value == ' ',
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.EnclosingMark => false,
        _ => !IsBlank(rune.Value),
    };

    /// <summary>Letters, marks and symbols that Unicode says are drawn as nothing, or as an empty space.</summary>
    private static bool IsBlank(int value) => value
        is 0x034f or 0x115f or 0x1160 or 0x17b4 or 0x17b5 or 0x2800 or 0x3164 or 0xffa0 or 0xfffc
        or 0x13441 or 0x13442 or 0x16fe4 or 0x1d159
        or (>= 0x180b and <= 0x180f) or (>= 0xfe00 and <= 0xfe0f) or (>= 0xe0000 and <= 0xe0fff);
}
