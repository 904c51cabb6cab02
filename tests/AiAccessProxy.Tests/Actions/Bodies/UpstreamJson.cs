using System.Globalization;
using System.Text;

namespace AiAccessProxy.Tests.Actions.Bodies;

/// <summary>
/// JSON as forgiving upstreams read it: comments, quotes of either kind or none, commas too many, NaN, a byte order mark, bytes that are no
/// UTF-8, anything behind the first value. Gives every member of the root object in its order; null when even they give up.
/// </summary>
internal sealed class UpstreamJson
{
    private readonly string _text;
    private int _at;

    private UpstreamJson(string text) => _text = text;

    public static IReadOnlyList<(string Name, string Value)>? Members(byte[] body, Encoding encoding)
    {
        var reader = new UpstreamJson(encoding.GetString(body).TrimStart('\uFEFF', '\0'));
        return reader.Value(0) is List<(string, string)> members ? members : null;
    }

    /// <summary>A list of members, a text (numbers and literals as text), or null.</summary>
    private object? Value(int depth)
    {
        Skip();
        if (_at >= _text.Length || depth > 200) return null;
        switch (_text[_at])
        {
            case '{': return Object(depth);
            case '[': return Array(depth);
            case '"' or '\'': return Quoted(_text[_at]);
            default:
                var start = _at;
                while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '+' or '-' or '.' or '_' or '$')) _at++;
                return _at == start ? null : _text[start.._at];
        }
    }

    private List<(string, string)>? Object(int depth)
    {
        var members = new List<(string, string)>();
        for (_at++; ;)
        {
            Skip();
            if (_at >= _text.Length) return null;
            if (_text[_at] == '}')
            {
                _at++;
                return members;
            }

            if (_text[_at] == ',')
            {
                _at++;
                continue;
            }

            if (Value(depth + 1) is not string name) return null;
            Skip();
            if (_at >= _text.Length || _text[_at++] != ':') return null;
            if (Value(depth + 1) is not { } value) return null;
            members.Add((name, value as string ?? "(more)"));
        }
    }

    private object? Array(int depth)
    {
        for (_at++; ;)
        {
            Skip();
            if (_at >= _text.Length) return null;
            if (_text[_at] == ']')
            {
                _at++;
                return "(list)";
            }

            if (_text[_at] == ',') _at++;
            else if (Value(depth + 1) is null) return null;
        }
    }

    private string? Quoted(char quote)
    {
        var text = new StringBuilder();
        for (_at++; _at < _text.Length; _at++)
        {
            if (_text[_at] == quote)
            {
                _at++;
                return text.ToString();
            }

            if (_text[_at] != '\\') text.Append(_text[_at]);
            else if (++_at >= _text.Length) return null;
            else if (_text[_at] == 'u' && _at + 4 < _text.Length
                && ushort.TryParse(_text.AsSpan(_at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            {
                text.Append((char)unit);
                _at += 4;
            }
            else
            {
                text.Append(_text[_at] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', var other => other });
            }
        }

        return null;
    }

    private void Skip()
    {
        while (_at < _text.Length)
        {
            if (char.IsWhiteSpace(_text[_at]) || _text[_at] == '\uFEFF') _at++;
            else if (_text.AsSpan(_at).StartsWith("//") || _text[_at] == '#') SkipTo("\n");
            else if (_text.AsSpan(_at).StartsWith("/*")) SkipTo("*/");
            else return;
        }
    }

    private void SkipTo(string end)
    {
        var found = _text.IndexOf(end, _at, StringComparison.Ordinal);
        _at = found < 0 ? _text.Length : found + end.Length;
    }
}
