using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace AiAccessProxy.Actions;

/// <summary>
/// Reads a target strictly. Escapes are decoded once; letters, digits, <c>-</c>, <c>.</c> and <c>_</c> are never escaped by an honest client.
/// What servers are known to read differently (encoded separators, double encoding, <c>//</c>, <c>;</c>) is noted as a doubt, together with
/// all that they may make of it; what no server should be sent (dot segments in any spelling, control characters) is refused at once.
/// </summary>
internal readonly struct TargetReader(string raw)
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    // RFC 3986, 3.3: pchar, without ';' (path parameters) and '%'.
    private static readonly SearchValues<char> Segment = SearchValues.Create(Alphanumeric + "-._~!$&'()*+,=:@");

    // RFC 3986, 3.4, and what browsers, fetch, axios and Go leave unescaped there (`match[]=up{job=%22x%22}`, `titles=A|B`). ';' is data.
    private static readonly SearchValues<char> QueryText = SearchValues.Create(Alphanumeric + "-._~!$&'()*+,;=:@/?[]{}|^`\\");

    private readonly List<Unclear> _doubts = [];

    public TargetReading Read()
    {
        if (raw.Length == 0 || raw[0] != '/')
            return Refuse(Ambiguity.TargetForm, "The request target has to be a path that starts with '/'.");

        if (raw.StartsWith("//", StringComparison.Ordinal))
            return Refuse(Ambiguity.EmptySegment, "'//' at the beginning of the path: some servers read a host there. Send one '/'.");

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
        if (question >= 0 && ReadQuery(question + 1, query) is { } problem) return new TargetReading.Refused(problem);
        return PathReadings.Of(segments, out var readings) is { } endless
            ? new TargetReading.Refused(endless)
            : new TargetReading.Read(new(raw, segments, query) { Doubts = _doubts, Readings = readings });
    }

    private Unclear? ReadSegment(int start, int length, bool isLast, List<PathSegment> into)
    {
        var text = raw.AsSpan(start, length);
        if (length == 0 && !isLast) Doubt(Ambiguity.EmptySegment, "'//' in the path: some servers take it for one '/', so send one.");

        var decoded = text.ContainsAnyExcept(Segment) ? "" : text.ToString();
        if (decoded.Length != length && Decode(text, inPath: true, out decoded) is { } unclear) return unclear;
        if (CompatibleText.IsDots(decoded))
            return new(Ambiguity.DotSegment, "A path segment of nothing but dots: send the path it leads to.");
        if (decoded.AsSpan().ContainsAnyInRange('\x80', '\x9f'))
            return new(Ambiguity.EncodedControl, "A control character is escaped in the path.");
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
                into.Add(new(name, value, start + valueAt, length - valueAt) { IsBare = equals < 0 });
            }

            start += length + 1;
        }

        return null;
    }

    private void Doubt(Ambiguity kind, string detail)
    {
        if (!_doubts.Exists(doubt => doubt.Kind == kind)) _doubts.Add(new(kind, detail));
    }

    private Unclear? Decode(ReadOnlySpan<char> text, bool inPath, out string decoded)
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
                if (character != ';')
                    return new(Ambiguity.ForbiddenCharacter, $"Character U+{(int)character:X4} may not stand in a request target: percent-encode it.");
                Doubt(Ambiguity.PathParameter, "';' in the path: some servers cut it off with what follows. Leave it out.");
                bytes[count++] = (byte)';';
            }
        }

        if (!Utf8.IsValid(bytes.AsSpan(0, count)))
            return new(Ambiguity.InvalidUtf8, "The escapes of the request target do not decode to UTF-8.");
        decoded = Encoding.UTF8.GetString(bytes, 0, count);
        return null;
    }

    private Unclear? WhyNotEscaped(ReadOnlySpan<char> escape, byte value, bool inPath)
    {
        if (value == 0) return new(Ambiguity.EncodedControl, "'%00' may not stand in a request target.");
        if (!inPath) return null;
        if (value is < 0x20 or 0x7f) return new(Ambiguity.EncodedControl, $"'{escape}' in the path: control characters may not stand there.");
        // '~' is unreserved too, but was not in RFC 2396: older clients escape it.
        if (char.IsAsciiLetterOrDigit((char)value) || value is (byte)'-' or (byte)'.' or (byte)'_')
            return new(Ambiguity.NeedlessEscape, $"'{escape}' in the path stands for '{(char)value}', which has to stand for itself there: send it unescaped.");

        switch (value)
        {
            case (byte)'/':
                Doubt(Ambiguity.EncodedSlash, $"'{escape}' in the path: one segment to some servers, two to others.");
                break;
            case (byte)'\\':
                Doubt(Ambiguity.EncodedBackslash, $"'{escape}' in the path: a separator to some servers.");
                break;
            case (byte)';':
                Doubt(Ambiguity.PathParameter, $"'{escape}' in the path: some servers cut it off with what follows.");
                break;
            case (byte)'%' or (byte)'?' or (byte)'#':
                Doubt(Ambiguity.DoubleEncoding, $"'{escape}' in the path: servers that decode twice read another path.");
                break;
        }

        return null;
    }

    private static TargetReading.Refused Refuse(Ambiguity kind, string detail) => new(new(kind, detail));
}
