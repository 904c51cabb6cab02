using System.Buffers;

namespace AiAccessProxy.Actions.Bodies;

/// <summary>The tokens of a GraphQL document (October 2021, 2.1), one after the other.</summary>
internal ref struct GraphQlTokens(ReadOnlySpan<char> text)
{
    private static readonly SearchValues<char> Numeric = SearchValues.Create("+-.0123456789eE");

    private ReadOnlySpan<char> _rest = text;

    /// <summary>
    /// What kind of token it is: a punctuator stands for itself (<c>.</c> for <c>...</c>), <c>n</c> is a name, <c>v</c> a text or a number;
    /// NUL is the end, <c>?</c> is none of GraphQL's.
    /// </summary>
    public char Kind { get; private set; }

    public ReadOnlySpan<char> Text { get; private set; }

    public bool Is(string name) => Kind == 'n' && Text.SequenceEqual(name);

    public char Next()
    {
        SkipIgnored();
        if (_rest.IsEmpty) return Take(0, '\0');
        var first = _rest[0];
        if (IsNameStart(first)) return Take(NameLength(_rest), 'n');
        if (first is '!' or '$' or '&' or '(' or ')' or ':' or '=' or '@' or '[' or ']' or '{' or '|' or '}') return Take(1, first);
        if (_rest.StartsWith("...")) return Take(3, '.');
        if (first == '"') return TakeText();
        return first is '-' or (>= '0' and <= '9') ? TakeNumber() : Take(_rest.Length, '?');
    }

    private void SkipIgnored()
    {
        while (!_rest.IsEmpty)
        {
            if (_rest[0] is '\uFEFF' or ' ' or '\t' or '\n' or '\r' or ',')
            {
                _rest = _rest[1..];
            }
            else if (_rest[0] == '#')
            {
                var end = _rest.IndexOfAny('\n', '\r');
                _rest = end < 0 ? default : _rest[end..];
            }
            else
            {
                return;
            }
        }
    }

    private char TakeText()
    {
        if (_rest.StartsWith("\"\"\""))
        {
            for (var from = 3; ;)
            {
                var end = _rest[from..].IndexOf("\"\"\"");
                if (end < 0) return Take(_rest.Length, '?');
                from += end + 3;
                if (_rest[from - 4] != '\\') return Take(from, 'v');
            }
        }

        for (var at = 1; at < _rest.Length && _rest[at] is not ('\n' or '\r'); at++)
        {
            if (_rest[at] == '\\') at++;
            else if (_rest[at] == '"') return Take(at + 1, 'v');
        }

        return Take(_rest.Length, '?');
    }

    private char TakeNumber()
    {
        var end = _rest.IndexOfAnyExcept(Numeric);
        return Take(end < 0 ? _rest.Length : end, 'v');
    }

    private char Take(int length, char kind)
    {
        Text = _rest[..length];
        _rest = _rest[length..];
        return Kind = kind;
    }

    private static bool IsNameStart(char character) => char.IsAsciiLetter(character) || character == '_';

    private static int NameLength(ReadOnlySpan<char> text)
    {
        var length = 1;
        while (length < text.Length && (IsNameStart(text[length]) || char.IsAsciiDigit(text[length]))) length++;
        return length;
    }
}
