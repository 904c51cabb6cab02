using System.Text;

namespace AiAccessProxy.Tests.Approvals.Showing;

/// <summary>
/// What Unicode's bidirectional algorithm lays from right to left, written apart from the product's own table: by the ranges of DerivedBidiClass.txt whose
/// characters, assigned or not, are of class R, AL or AN, and by the marks that set a direction.
/// </summary>
internal static class BidiClasses
{
    public static readonly string[] Mixed =
    [
        "{\"\u05d0\":1000,\"\u05d1\":5}", "\u05d0 1000 \u05d1 5", "\u0661\u0662\u0663", "5 \u0627 7", "\ufb21\ufb4f", "\ufdf2\ufefc", "\U00010840 1", "\U0001e8d0\U0001e943", "\U0001ee00",
        "\u07c0\u07ca", "\u0840", "\u08a0", "\u05d0\u05b7", "\u060c", "\u202e", "\u200f", "\u061c", "\u2067",
    ];

    public static bool IsRightToLeft(Rune rune) => rune.Value
        is (>= 0x590 and <= 0x8ff) or (>= 0xfb1d and <= 0xfdff) or (>= 0xfe70 and <= 0xfeff) or (>= 0x10800 and <= 0x10fff) or (>= 0x1e800 and <= 0x1efff)
        or 0x200f or 0x202b or 0x202e or 0x2067;

    /// <summary>Nothing in it lays itself or its neighbours from right to left: in a place that runs from left to right it is drawn in the order of its characters.</summary>
    public static void AssertNone(string text) =>
        Assert.All(text.EnumerateRunes(), rune => Assert.False(IsRightToLeft(rune), $"U+{rune.Value:x4} stands in: {text}"));
}
