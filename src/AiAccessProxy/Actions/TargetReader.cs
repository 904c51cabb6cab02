using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace AiAccessProxy.Actions;

/// <summary>
/// Reads a target so that only one reading is possible. In the path every character has one spelling: what RFC 3986 lets stand for itself
/// in a segment stands for itself, everything else is escaped in upper-case hex. So different paths never decode to equal segments, and
/// decoding again changes nothing (facts behind it: encoded slashes, double decoding, <c>\</c> and <c>;</c> are read differently by servers).
/// </summary>
internal readonly struct TargetReader(string raw)
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    // RFC 3986, 3.3: pchar, without ';' (path parameters) and '%'.
    private static readonly SearchValues<char> Segment = SearchValues.Create(Alphanumeric + "-._~!$&'()*+,=:@");

    // RFC 3986, 3.4, and the brackets that are common in practice (`match[]=`). ';' is data.
    private static readonly SearchValues<char> QueryText = SearchValues.Create(Alphanumeric + "-._~!$&'()*+,;=:@/?[]");

    public TargetReading Read()
    {
        if (raw.Length == 0 || raw[0] != '/')
            return Refuse(Ambiguity.TargetForm, "The request target has to be a path that starts with '/'.");

        var question = raw.IndexOf('?');
        var pathEnd = question < 0 ? raw.Length : question;
        var segments = new List<PathSegment>();
        for (var start = 1; start <= pathEnd;)
        {
            var length = raw.AsSpan(start, pathEnd - start).IndexOf('/');
            var isLast = length < 0;
            if (isLast) length = pathEnd - start;
            if (ReadSegment(start, length, isLast, segments) is { } unclear) return new TargetReading.Refused(unclear);
            start += length + 1;
        }

        var query = new List<QueryParameter>();
        return question >= 0 && ReadQuery(question + 1, query) is { } problem
            ? new TargetReading.Refused(problem)
            : new TargetReading.Read(new(raw, segments, query));
    }

    private Unclear? ReadSegment(int start, int length, bool isLast, List<PathSegment> into)
    {
        var text = raw.AsSpan(start, length);
        if (length == 0 && !isLast) return new(Ambiguity.EmptySegment, "'//' in the path: send one '/'.");
        if (text is "." or "..") return new(Ambiguity.DotSegment, $"'{text}' as a path segment: send the path it leads to.");

        if (!text.ContainsAnyExcept(Segment))
        {
            into.Add(new(text.ToString(), start, length));
            return null;
        }

        if (Decode(text, inPath: true, out var decoded) is { } unclear) return unclear;
        into.Add(new(decoded, start, length));
        return null;
    }

    private Unclear? ReadQuery(int start, List<QueryParameter> into)
    {
        while (start <= raw.Length)
        {
            var rest = raw.AsSpan(start);
            var length = rest.IndexOf('&');
            if (length < 0) length = rest.Length;
            if (length > 0)
            {
                var parameter = rest[..length];
                var equals = parameter.IndexOf('=');
                var valueAt = equals < 0 ? length : equals + 1;
                if (Decode(parameter[..(equals < 0 ? length : equals)], inPath: false, out var name) is { } badName) return badName;
                if (Decode(parameter[valueAt..], inPath: false, out var value) is { } badValue) return badValue;
                into.Add(new(name, value, start + valueAt, length - valueAt));
            }

            start += length + 1;
        }

        return null;
    }

    private static Unclear? Decode(ReadOnlySpan<char> text, bool inPath, out string decoded)
    {
        decoded = "";
        var bytes = new byte[text.Length];
        var count = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var character = text[at];
            if (character == '%')
            {
                if (at + 2 >= text.Length || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2]))
                    return new(Ambiguity.BrokenEscape, "'%' is not followed by two hex digits: send '%25' for a per cent sign in the query.");
                var value = Convert.FromHexString(text.Slice(at + 1, 2))[0];
                if (WhyNotEscaped(text.Slice(at, 3), value, inPath) is { } unclear) return unclear;
                bytes[count++] = value;
                at += 2;
            }
            else if ((inPath ? Segment : QueryText).Contains(character))
            {
                bytes[count++] = character == '+' && !inPath ? (byte)' ' : (byte)character;
            }
            else
            {
                return character == ';'
                    ? new(Ambiguity.PathParameter, "';' in the path: some servers cut it off with what follows. Leave it out.")
                    : new(Ambiguity.ForbiddenCharacter, $"Character U+{(int)character:X4} may not stand in a request target: percent-encode it.");
            }
        }

        if (!Utf8.IsValid(bytes.AsSpan(0, count)))
            return new(Ambiguity.InvalidUtf8, "The escapes of the request target do not decode to UTF-8.");
        decoded = Encoding.UTF8.GetString(bytes, 0, count);
        return null;
    }

    private static Unclear? WhyNotEscaped(ReadOnlySpan<char> escape, byte value, bool inPath) => value switch
    {
        0 => new(Ambiguity.EncodedControl, "'%00' may not stand in a request target."),
        _ when !inPath => null,
        (byte)'/' => new(Ambiguity.EncodedSlash, $"'{escape}' in the path: one segment to some servers, two to others."),
        (byte)'\\' => new(Ambiguity.EncodedBackslash, $"'{escape}' in the path: a separator to some servers."),
        (byte)'%' => new(Ambiguity.DoubleEncoding, $"'{escape}' in the path: servers that decode twice read another path."),
        < 0x20 or 0x7f => new(Ambiguity.EncodedControl, $"'{escape}' in the path: control characters may not stand there."),
        (byte)';' => new(Ambiguity.PathParameter, $"'{escape}' in the path: some servers cut it off with what follows."),
        _ when Segment.Contains((char)value) => new(
            Ambiguity.NeedlessEscape, $"'{escape}' in the path stands for '{(char)value}', which has to stand for itself there: send it unescaped."),
        _ when escape.ContainsAnyInRange('a', 'f') => new(
            Ambiguity.BrokenEscape, $"'{escape}' in the path: escapes are written in upper-case hex, '{escape.ToString().ToUpperInvariant()}'."),
        _ => null,
    };

    private static TargetReading.Refused Refuse(Ambiguity kind, string detail) => new(new(kind, detail));
}
