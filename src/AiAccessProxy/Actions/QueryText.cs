using System.Text;

namespace AiAccessProxy.Actions;

/// <summary>
/// Compares what a rule writes with the value of a query parameter: <c>+</c> is a space to some servers and itself to others, some cut off
/// spaces, and some replace characters beyond ASCII. Letter case matters: a value is the API's own business.
/// </summary>
internal static class QueryText
{
    public static Sameness Compare(string written, string sent)
    {
        if (string.Equals(written, sent, StringComparison.Ordinal)) return Sameness.Same;
        var areAlike = Ascii.IsValid(written) && Ascii.IsValid(sent)
            ? string.Equals(Spaced(written), Spaced(sent), StringComparison.Ordinal)
            : LooseText.AreAlike(written, sent);
        return areAlike ? Sameness.Alike : Sameness.Different;
    }

    /// <summary>What servers are known to read for <paramref name="sent"/> beside itself; null when there is no telling (beyond ASCII).</summary>
    public static IReadOnlyList<string>? Others(string sent)
    {
        if (!Ascii.IsValid(sent)) return null;
        return [.. new[] { sent, sent.Replace('+', ' '), sent.Replace(' ', '+') }.SelectMany(text => new[] { text, text.Trim() }).Distinct().Where(text => text != sent)];
    }

    private static string Spaced(string text) => text.Replace('+', ' ').Trim();
}
