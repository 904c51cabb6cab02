using System.Buffers;
using System.Text;

namespace AiAccessProxy.Actions;

/// <summary>
/// Compares what a rule writes with a segment of a path. Beside letter case, servers are known to ignore spaces around a segment and dots
/// at its end, to read <c>+</c> as a space, to replace, fold or leave out characters beyond ASCII, and to take <c>.json</c> at the end of a
/// path for a wish about the answer.
/// </summary>
/// <param name="IgnoresCase">The upstream is known to: a difference in the case of ASCII letters is none.</param>
/// <param name="IsLast">The segment is the path's last, so that it may have a format at its end.</param>
internal readonly record struct SegmentText(bool IgnoresCase, bool IsLast)
{
    private const int LongestFormat = 16;
    private const string Ignored = " +\t";

    private static readonly SearchValues<char> LettersAndDigits =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    private static readonly HashSet<string> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        "json", "jsonp", "xml", "html", "htm", "xhtml", "js", "csv", "tsv", "txt", "text", "yaml", "yml", "atom", "rss", "pdf", "md",
        "php", "asp", "aspx", "jsp", "do", "action", "cgi",
    };

    public Sameness Compare(string written, string sent)
    {
        if (string.Equals(written, sent, StringComparison.Ordinal) || (IgnoresCase && SameButForCase(written, sent))) return Sameness.Same;
        return AreAlike(written, sent) || (IsLast && AreAlikeLessFormat(written, sent)) ? Sameness.Alike : Sameness.Different;
    }

    /// <summary>
    /// What servers are known to read for <paramref name="sent"/> beside itself, letter case apart; null when there is no telling (beyond ASCII).
    /// </summary>
    public IReadOnlyList<string>? Others(string sent)
    {
        if (!Ascii.IsValid(sent)) return null;
        string[] plain = [sent, .. IsLast && Parted(sent) is { Format.Length: > 0 and <= LongestFormat, Plain: var less } ? [less] : Array.Empty<string>()];
        return [.. plain.SelectMany(text => new[] { text, Bare(text).ToString() }).SelectMany(text => new[] { text, text.Replace('+', ' ') }).Distinct().Where(text => text != sent)];
    }

    /// <summary>
    /// Texts that are not <see cref="Sameness.Different"/>, wherever they stand, have one key; null where there is no telling (beyond ASCII).
    /// What differs may have one key, too: what begins alike and goes on after a dot.
    /// </summary>
    public static string? KeyOf(string text)
    {
        if (!Ascii.IsValid(text)) return null;
        var bare = text.AsSpan().TrimStart(Ignored);
        var dot = bare.IndexOf('.');
        // Cut at the first dot, not the last: it leaves the same of a text, of what is before its format, and of that once more.
        if (dot >= 0) bare = bare[..dot];
        return new string(bare.TrimEnd(Ignored)).Replace('+', ' ').ToUpperInvariant();
    }

    private static bool SameButForCase(string one, string other)
    {
        if (one.Length != other.Length) return false;
        for (var at = 0; at < one.Length; at++)
        {
            if (one[at] != other[at] && !(char.IsAsciiLetter(one[at]) && (one[at] ^ other[at]) == 0x20)) return false;
        }

        return true;
    }

    private static bool AreAlikeLessFormat(string written, string sent)
    {
        var (plain, format) = Parted(written);
        var (sentPlain, sentFormat) = Parted(sent);
        if (sentFormat.Length is > 0 and <= LongestFormat && AreAlike(written, sentPlain)) return true;
        return Formats.Contains(format) && (AreAlike(plain, sent) || AreAlike(plain, sentPlain));
    }

    private static (string Plain, string Format) Parted(string text)
    {
        var dot = text.LastIndexOf('.');
        return dot <= 0 || text.AsSpan(dot + 1).ContainsAnyExcept(LettersAndDigits) ? (text, "") : (text[..dot], text[(dot + 1)..]);
    }

    private static bool AreAlike(string one, string other)
    {
        if (!Ascii.IsValid(one) || !Ascii.IsValid(other)) return LooseText.AreAlike(one, other);
        var left = Bare(one);
        var right = Bare(other);
        if (left.Length != right.Length) return false;
        for (var at = 0; at < left.Length; at++)
        {
            if (Folded(left[at]) != Folded(right[at])) return false;
        }

        return true;
    }

    private static ReadOnlySpan<char> Bare(string text) => text.AsSpan().TrimStart(Ignored).TrimEnd(Ignored + ".");

    private static char Folded(char character) => character switch
    {
        '+' => ' ',
        _ => char.ToUpperInvariant(character),
    };
}
