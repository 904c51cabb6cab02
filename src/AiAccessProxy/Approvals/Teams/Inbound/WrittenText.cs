using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace AiAccessProxy.Approvals.Teams.Inbound;

/// <summary>What somebody wrote to the bot, as words on one line: without mentions, control characters and what nobody sees.</summary>
internal static partial class WrittenText
{
    public static string Of(string text)
    {
        // Bounded before anything looks at it more than once.
        var bounded = text.Length > 4 * Turn.Message.LongestText ? text[..(4 * Turn.Message.LongestText)] : text;
        var plain = WebUtility.HtmlDecode(Mention().Replace(bounded, " "));
        var words = new StringBuilder();
        foreach (var rune in plain.EnumerateRunes())
        {
            var isBlank = Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Control;
            if (isBlank && words.Length > 0 && words[^1] != ' ') words.Append(' ');
            if (isBlank || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned) continue;
            if (words.Length + rune.Utf16SequenceLength > Turn.Message.LongestText) break;
            words.Append(rune.ToString());
        }

        return words.ToString().TrimEnd();
    }

    [GeneratedRegex(@"<at\b[^<>]*>[^<>]*</at>", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Mention();
}
