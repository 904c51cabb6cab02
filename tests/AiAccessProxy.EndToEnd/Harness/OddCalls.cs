using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>
/// Privileged calls as an adversary would write them: text that looks like markup, like escapes or like other text, invisible and
/// right-to-left characters, bytes that are no text, the same field twice. Each is plain enough to be accepted: it has one meaning.
/// </summary>
internal sealed class OddCalls(int seed)
{
    public const string Secret = "s3cr3t-of-the-agent";

    private static readonly string[] Methods = ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "GET", "PURGE", "VERSION-CONTROL"];

    // Names in other spellings than libraries have for them, and some that they give a meaning.
    private static readonly string[] HeaderNames =
    [
        "X-Note", "x-note", "X_Note", "accept", "Accept", "X-Api-Version", "tracestate", "Cookie", "cookie", "X-Odd!#$%&'*+.^`|~", "user-agent", "content-md5",
        "x-powered-by", "CONTENT-LANGUAGE", "if-match", "Date", "expires", "content-disposition", "Warning", "server", "Via", "dnt", "sec-websocket-key",
    ];

    private static readonly string[] Texts =
    [
        "plain", "<script>alert(1)</script>", "</pre></dd><form id=approve>", "&lt;b&gt; &amp; &#x202e; &nbsp;", "\\u{202e}", "\\x00 \\\\ \\n",
        "\u202Etxt.exe\u202C", "zero\u200Bwidth\u200D\uFEFF", "\u2066isolate\u2069", "tag\U000E0041\U000E007F", "e\u0301\u0302\u0303\u0304\u0305\u0306",
        "\u00A0\u2003\u3000\u2800\u3164", "\uD83D\uDE00 \uD83D\uDC68\u200D\uD83D\uDC69", "\r\nX-Evil: 1\r\n", "line\nline\n\n", "\t\ttabs\t", "\0\u0001\u001B[2J\u007F\u0085",
        "\n\nleading", "trailing  ", "  ", "", "data-redacted=\"body.card\"", "redacted: 4 bytes", "(absent)", "\u05D0\u05D1\u05D2", "İıſK", "\uE000\uFFFD",
    ];

    private readonly Random _random = new(seed);

    /// <summary>A whole request; its path says which call it is. <paramref name="isLarge"/>: too large to be shown whole.</summary>
    public byte[] Next(int number, string prefix, Key agent, bool isLarge)
    {
        var kind = isLarge ? "raw" : Pick("json", "raw", "none");
        var line = new StringBuilder($"{Pick(Methods)} {prefix}/{kind}/{number}");
        for (var i = _random.Next(3); i > 0; i--) line.Append('/').Append(Segment());
        if (kind == "json") line.Append("?token=").Append(QueryText(Secret));
        else if (_random.Next(2) == 0) line.Append("?x");
        for (var i = line.ToString().Contains('?', StringComparison.Ordinal) ? _random.Next(4) : 0; i > 0; i--) line.Append(CultureInfo.InvariantCulture, $"&{Pick("a", "b", "match[]", "redirect")}={QueryText(Pick(Texts))}");

        List<(string, string)> headers = [("Host", "proxy.example"), ("AiAccess-Token", agent.Text)];
        for (var i = _random.Next(5); i > 0; i--)
        {
            var (name, text) = (Pick(HeaderNames), HeaderText());
            if (Folded(name) == "accept" || !headers.Exists(header => Folded(header.Item1) == Folded(name))) headers.Add((name, text));
        }

        if (kind == "json") headers.Add(("X-Secret", Secret));
        var body = kind switch
        {
            "none" => null,
            "json" => Json(),
            _ when isLarge => [.. Enumerable.Range(0, 70_000).Select(_ => (byte)_random.Next(' ', 127))],
            _ => Raw(),
        };
        if (body is not null) headers.Add(("Content-Type", kind == "json" ? "application/json" : Pick("text/plain; charset=utf-8", "application/octet-stream", "text/html")));
        return RawAgent.Request($"{line} HTTP/1.1", headers, body);
    }

    private byte[] Json()
    {
        // Written by hand where it matters: escapes and white space are part of what is sent.
        var pad = new string(' ', _random.Next(3)) + (_random.Next(2) == 0 ? "\n" : "");
        var text = new StringBuilder("{").Append(pad);
        text.Append(CultureInfo.InvariantCulture, $"\"card\": {{\"number\": \"{Secret}\",{pad}\"cvc\": {_random.Next(1000)}}},");
        text.Append(CultureInfo.InvariantCulture, $"\"note\": {JsonSerializer.Serialize(Pick(Texts))},{pad}");
        text.Append(CultureInfo.InvariantCulture, $"\"pins\": [{_random.Next(10)}, \"{Secret}\", null],");
        text.Append(CultureInfo.InvariantCulture, $"\"raw\": \"{Pick("\u202E", "\u200B", "<b>", "\\u003c", "\u00E4")}\"{pad}}}");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private byte[] Raw()
    {
        if (_random.Next(2) == 0) return Encoding.UTF8.GetBytes(Pick(Texts) + Pick(Texts) + Pick(Texts));
        var bytes = new byte[_random.Next(200)];
        _random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>A path segment in its one accepted spelling: what may stand for itself does, the rest is escaped in capitals.</summary>
    private string Segment()
    {
        const string Unescaped = "-._~!$&'()*+,=:@";
        var text = new string([.. Pick(Texts).Where(character => !char.IsControl(character) && !"/\\%;?#".Contains(character))]);
        var segment = string.Concat(Encoding.UTF8.GetBytes(text).Select(
            value => char.IsAsciiLetterOrDigit((char)value) || Unescaped.Contains((char)value) ? $"{(char)value}" : $"%{value:X2}"));
        return segment is "" or "." or ".." ? "s" : segment;
    }

    private string QueryText(string text) => Uri.EscapeDataString(text.Replace("\0", "", StringComparison.Ordinal));

    /// <summary>Visible ASCII, with all that markup and escapes are made of.</summary>
    private string HeaderText() => new string([.. (Pick(Texts) + Pick(", ", ";", "\\", " \"", "\t") + Pick(Texts)).Where(character => character is '\t' or (>= ' ' and <= '~'))]).Trim();

    /// <summary>A name as servers in the manner of CGI know it: but for a list like Accept, it may come once.</summary>
    private static string Folded(string name) => string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) ? char.ToLowerInvariant(character) : '-'));

    private T Pick<T>(params T[] from) => from[_random.Next(from.Length)];
}
