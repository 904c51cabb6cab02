using System.Text.RegularExpressions;

namespace AiAccessProxy.Policies.Conditions;

/// <summary>
/// A regular expression for whole texts, in the .NET dialect less what needs backtracking (lookaround, backreferences, atomic groups): it
/// takes time linear in the text. <c>.</c> is any character, line breaks included; case counts unless the pattern begins with <c>(?i)</c>.
/// </summary>
internal sealed class TextPattern
{
    /// <summary>Characters of a text that is compared; whether a longer one fits is not told.</summary>
    public const int LongestText = 64 * 1024;

    private const RegexOptions Options =
        RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;

    private readonly Regex _whole;
    private readonly Lazy<Regex> _inAnyCase;

    /// <exception cref="ArgumentException">It is no regular expression.</exception>
    /// <exception cref="NotSupportedException">It needs backtracking, or would take more than 10,000 states.</exception>
    public TextPattern(string pattern)
    {
        // By itself first: "a)|(?:b" would be well-formed within the frame, and mean something else.
        _ = new Regex(pattern, Options);
        _whole = new Regex($@"\A(?:{pattern})\z", Options);
        _inAnyCase = new(() => new($@"\A(?:{pattern})\z", Options | RegexOptions.IgnoreCase));
        Written = pattern;
    }

    public string Written { get; }

    public Truth Fits(string text, bool ignoresCase) =>
        text.Length > LongestText ? Truth.Unknown : Kleene.Of((ignoresCase ? _inAnyCase.Value : _whole).IsMatch(text));
}
