using System.Text;

namespace AiAccessProxy.Approvals.Showing;

/// <summary>
/// Letters and digits that are laid from right to left (classes R, AL and AN of UAX #9). Where a reviewer cannot be kept from it otherwise, whatever
/// stands between two of them is drawn in another order than it is sent in: of <c>{"\u{5d0}":1000,"\u{5d1}":5}</c>, with the letters themselves, the amounts change places.
/// </summary>
/// <remarks>Marks that set a direction are escaped everywhere (<see cref="Visible"/>).</remarks>
internal static class RightToLeft
{
    /// <summary>Whole ranges, as DerivedBidiClass.txt gives them to characters yet to come, with what is neutral between them.</summary>
    public static bool Has(Rune rune) => rune.Value
        is (>= 0x0590 and <= 0x08ff) or (>= 0xfb1d and <= 0xfdff) or (>= 0xfe70 and <= 0xfeff) or (>= 0x10800 and <= 0x10fff) or (>= 0x1e800 and <= 0x1efff);

    /// <summary>What <see cref="ShownText"/> made of something, with these characters escaped too: it is drawn in the order in which it stands.</summary>
    public static string SpellOut(string shown)
    {
        if (!shown.EnumerateRunes().Any(Has)) return shown;
        var text = new StringBuilder(shown.Length);
        foreach (var rune in shown.EnumerateRunes()) text.Append(Has(rune) ? ShownText.Escaped(rune) : rune.ToString());
        return text.ToString();
    }
}
