using System.Text;
using AiAccessProxy.Approvals.Showing;

namespace AiAccessProxy.Approvals.Channels;

/// <summary>
/// Words that are not the house's own, on a card: nothing in them is invisible or sets the direction of its neighbours (<see cref="ShownText"/>), nothing
/// is laid from right to left (<see cref="RightToLeft"/>: no client can be told to keep the order of what is sent), no template in them is filled in, no space is lost, and they end where their room does. A channel puts them where its client takes text for
/// text.
/// </summary>
internal readonly record struct SafeText
{
    /// <summary>Clients let spaces melt together; this one stays, and stands for no other: where text has one of its own, it is escaped.</summary>
    public const char Space = '\u00a0';

    private SafeText(string text, int missing, bool isSpelledOut) => (Text, Missing, IsSpelledOut) = (text, missing, isSpelledOut);

    public string Text { get; }

    /// <summary>Bytes that had no room.</summary>
    public int Missing { get; }

    public bool IsWhole => Missing == 0;

    /// <summary>Letters that run from right to left stand in it as escapes.</summary>
    public bool IsSpelledOut { get; }

    /// <summary>As much of <paramref name="raw"/> as <paramref name="room"/> characters hold.</summary>
    public static SafeText Of(string raw, int room) => Of(raw, room, spellsOut: true);

    /// <summary>
    /// The same of people's names and reviewers' own words, in which letters run as they run. Never for what a call says. The house's words, which run
    /// from left to right, have to stand on either side, so that it moves nothing but itself.
    /// </summary>
    public static SafeText OfPeople(string raw, int room) => Of(raw, room, spellsOut: false);

    /// <summary>As much as has room of what <see cref="ShownText"/> made already.</summary>
    public static SafeText OfShown(string shown, int room) => Inert(shown, room, spellsOut: true);

    /// <summary>What <see cref="ShownText"/> had made of it.</summary>
    public static string Sent(string text) => text.Replace(Space, ' ');

    public override string ToString() => Text;

    private static SafeText Of(string raw, int room, bool spellsOut)
    {
        var bytes = Encoding.UTF8.GetBytes(raw);
        var text = new StringBuilder();
        // Half a text is enough to find out what does not fit: what is inert is never shorter than what it was made from.
        var shown = ShownText.Append(text, bytes, multiline: false, room);
        var fits = Inert(text.ToString(), room, spellsOut);
        return new(fits.Text, bytes.Length - (fits.IsWhole ? shown : ShownText.Unescape(Sent(fits.Text)).Length), fits.IsSpelledOut);
    }

    private static SafeText Inert(string shown, int room, bool spellsOut)
    {
        var text = new StringBuilder(Math.Min(shown.Length, Math.Max(0, room)));
        var (at, last, isSpelledOut) = (0, ' ', false);
        while (at < shown.Length)
        {
            var length = LengthAt(shown, at);
            var turns = spellsOut && Rune.TryGetRuneAt(shown, at, out var rune) && RightToLeft.Has(rune);
            var piece = shown[at] switch
            {
                _ when turns => ShownText.Escaped(Rune.GetRuneAt(shown, at)),
                '\n' => @"\n",
                // {{DATE(…)}} and ${…} are filled in by clients, wherever they stand.
                '{' when last is '{' or '$' => @"\u{7b}",
                ' ' when last is ' ' || at + 1 == shown.Length => Space.ToString(),
                _ => shown.Substring(at, length),
            };
            if (text.Length + piece.Length > room) break;
            text.Append(piece);
            last = shown[at];
            at += length;
            isSpelledOut |= turns;
        }

        return new(text.ToString(), at == shown.Length ? 0 : ShownText.Unescape(shown[at..]).Length, isSpelledOut);
    }

    /// <summary>An escape, or a character with its surrogate, is shown whole or not at all.</summary>
    private static int LengthAt(string shown, int at) => shown[at] switch
    {
        '\\' when at + 1 < shown.Length => shown[at + 1] switch
        {
            'x' => Math.Min(4, shown.Length - at),
            'u' => shown.IndexOf('}', at) is > 0 and var end ? end + 1 - at : shown.Length - at,
            _ => 2,
        },
        var high when char.IsHighSurrogate(high) && at + 1 < shown.Length => 2,
        _ => 1,
    };
}
