using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AiAccessProxy.Policies.Linting;

/// <summary>Makes up a short text that a regular expression fits. It guesses: whoever uses the text tries it out.</summary>
internal sealed class PatternSample
{
    private const int Longest = 256;
    private const int Deepest = 32;

    /// <summary>What a class of characters is tried with, the likely first.</summary>
    private static readonly string Candidates = "xaA0-_." + new string([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code)]) + "\t\r\n\u00e4";

    private readonly string _pattern;
    private int _at;
    private int _depth;
    private bool _isLost;

    private PatternSample(string pattern) => _pattern = pattern;

    /// <summary>Null where none is found, or only the empty one.</summary>
    /// <param name="pattern">A well-formed expression of .NET that needs no backtracking.</param>
    public static string? Of(string pattern)
    {
        var sample = new PatternSample(pattern);
        var text = sample.Choice();
        return sample._isLost || sample._at < pattern.Length || text.Length == 0 ? null : text;
    }

    private char Next => _at < _pattern.Length && !_isLost ? _pattern[_at] : '\0';

    /// <summary>The first of alternatives.</summary>
    private string Choice()
    {
        _isLost |= ++_depth > Deepest;
        var first = Sequence();
        while (Next == '|')
        {
            _at++;
            Sequence();
        }

        _depth--;
        return first;
    }

    private string Sequence()
    {
        var text = new StringBuilder();
        while (Next is not ('\0' or '|' or ')'))
        {
            var piece = Piece();
            var times = Times();
            if (text.Length + ((long)piece.Length * times) > Longest) _isLost = true;
            else text.Insert(text.Length, piece, times);
        }

        return text.ToString();
    }

    private string Piece()
    {
        var from = _at;
        switch (_pattern[_at++])
        {
            case '(':
                return Group();
            case '[':
                if (Next == '^') _at++;
                if (Next == ']') _at++;
                while (Next is not (']' or '\0')) _at += Next == '\\' ? 2 : 1;
                _at++;
                return Member(from);
            case '\\':
                var kind = Next;
                _at++;
                if (kind is 'p' or 'P') To('}');
                else if (kind is 'x' or 'u') _at += kind == 'x' ? 2 : 4;
                else if (kind == 'c') _at++;
                return kind is 'A' or 'z' or 'Z' or 'b' or 'B' or 'G' ? "" : Member(from);
            case '^' or '$':
                return "";
            case '.':
                return "x";
            default:
                return _pattern[from..(from + 1)];
        }
    }

    private string Group()
    {
        if (Next == '?')
        {
            _at++;
            if (Next is '<' or '\'') To(Next == '<' ? '>' : '\'');
            else while (Next is not (':' or ')' or '\0')) _at++;
            // Options for what follows: (?i)
            if (Next == ')')
            {
                _at++;
                return "";
            }

            if (Next == ':') _at++;
        }

        var inner = Choice();
        _isLost |= Next != ')';
        _at++;
        return inner;
    }

    /// <summary>A character of the class that ends here.</summary>
    private string Member(int from)
    {
        _isLost |= _at > _pattern.Length;
        if (_isLost) return "";
        var member = Candidates.Select(candidate => candidate.ToString()).FirstOrDefault(OfClass(_pattern[from.._at]));
        _isLost |= member is null;
        return member ?? "";
    }

    private static Func<string, bool> OfClass(string written)
    {
        try
        {
            return new Regex($@"\A(?:{written})\z", RegexOptions.NonBacktracking | RegexOptions.Singleline).IsMatch;
        }
        catch (RegexParseException)
        {
            // It was cut off where it does not end: classes within classes, octal numbers.
            return _ => false;
        }
    }

    /// <summary>How often at least.</summary>
    private int Times()
    {
        var (least, from) = (1, _at);
        if (Next is '*' or '?') least = 0;
        if (Next is '*' or '?' or '+')
        {
            _at++;
        }
        else if (Next == '{' && _at + 1 < _pattern.Length && char.IsAsciiDigit(_pattern[_at + 1]))
        {
            To('}');
            var digits = _pattern.AsSpan(from + 1, Math.Min(_at, _pattern.Length) - from - 1);
            digits = digits[..(digits.IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? end : digits.Length)];
            _isLost |= !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out least);
        }

        if (_at > from && Next == '?') _at++;
        return least;
    }

    private void To(char end)
    {
        var found = _pattern.IndexOf(end, Math.Min(_at + 1, _pattern.Length));
        _isLost |= found < 0;
        _at = found < 0 ? _pattern.Length : found + 1;
    }
}
