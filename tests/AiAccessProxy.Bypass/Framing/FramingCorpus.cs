using System.Globalization;

namespace AiAccessProxy.Bypass.Framing;

/// <summary>Malformed and ambiguous requests: everything in them that servers have been seen to take apart in two ways.</summary>
internal static class FramingCorpus
{
    private static readonly string[] Lengths =
    [
        "-5", "0x5", "5,5", "5, 6", "5;", "5.0", "5e0", "\xB5", "18446744073709551621", "9223372036854775808", "99999999999999999999", "5\0", "\v5", "5\v", "5\f", "1_0",
        "5 5", "'5'", "\"5\"", "", "five", "5\r", "5\n", "5\t5", "--5", "5-", "%35", "5,", ",5",
    ];

    private static readonly string[] Codings =
    [
        "identity", "gzip", "gzip, chunked", "chunked, gzip", "chunked, identity", "identity, chunked", "chunked, chunked", "xchunked", "chunkedx", "chunk", "\"chunked\"",
        "'chunked'", ",chunked", "chunked,", "chunked;q=1", "chunked ;", "\vchunked", "chunked\v", "chunked\0", "chun\0ked", "chun ked", "chunked\r", "chunked\n", "",
        "\xA0chunked", "%63hunked", "chunked chunked", "deflate", "compress", "cow", "chunKed, x", "trailers",
    ];

    private static readonly string[] CodingLines =
    [
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding : chunked", "Transfer-Encoding\t: chunked", " Transfer-Encoding: chunked", "\tTransfer-Encoding: chunked", "Transfer-Encoding:\r\n chunked", "Transfer-Encoding: chunked\r\n x",
        "Transfer\0-Encoding: chunked", "Transfer-Encoding\0: chunked", "Transfer-Encoding\r: chunked", "X-A: a\rTransfer-Encoding: chunked", "X-A: a\nTransfer-Encoding: chunked",
        "X-A: a\r\n Transfer-Encoding: chunked", "Transfer_Encoding: chunked", "Transfer.Encoding: chunked", "transfer-encoding\xA0: chunked", "Transfer-Encoding chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 5", "Content-Length: 5\r\nTransfer-Encoding: chunked", "Content-Length: 0\r\nTransfer-Encoding: chunked", "X:\r\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent_Length: 5", "Content-Length: 5\r\nTransfer-Encoding: identity", "Content-Length: 5\r\ntransfer-encoding: Chunked", "Transfer-Encoding: chunked\r\nX-Content-Length: 5",
    ];

    private static readonly string[] LengthLines =
    [
        "Content-Length: 5\r\nContent-Length: 5", "Content-Length: 5\r\nContent-Length: 6", "Content-Length: 6\r\nContent-Length: 5", "Content-Length: 0\r\nContent-Length: 5", "Content-Length : 5", "Content-Length\t: 5",
        " Content-Length: 5", "Content-Length:\r\n 5", "Content-Length: 5\r\n 6", "Content-Length\0: 5", "Content\0-Length: 5", "X-A: a\rContent-Length: 5", "X-A: a\nContent-Length: 5", "Content_Length: 5",
        "Content.Length: 5", "Content-Length 5", "Content-Length\xA0: 5", "Content-Length: 5\r\ncontent-length: 50", ": 5", "Content-Length: 5\r\nContent_Length: 50", "Content-Length\r: 5",
    ];

    private static readonly string[] Sizes =
    [
        "+5", "-5", "0x5", " 5", "", "g", "5g", "5.0", "5,5", "5\0", "5\v", "5_", "FFFFFFFFFFFFFFFF", "100000005", "10000000000000005", "8000000000000005", "FFFFFFFB", "\"5\"", "%35", "\xB5", "5\n", "\n5", "5\r", "\r5", "5 5",
        "5;a\n", "5;\na", "5;a\rb", "5;\n\n", "5;a=\"\r\n\"", "5;a=\"\n\"", "5\n;a", "--5", "5-",
    ];

    // After the five bytes of a chunk.
    private static readonly string[] DataEnds = ["", "\n", "\r", "\n\r", "\r\r\n", "x\r\n", "xx", " \r\n", "\0\r\n", "\n\n", "\r\nx\r\n"];

    private static readonly string[] LastChunks =
    [
        "0\n\n", "0\r\r", "0\r\n\n", "0\n\r\n", "-0\r\n\r\n", "+0\r\n\r\n", "0x0\r\n\r\n", " 0\r\n\r\n", "0\r\nX y: 1\r\n\r\n", "0\r\nX: a\nb\r\n\r\n", "0\r\nX : 1\r\n\r\n", "0\r\n X: 1\r\n\r\n", "0\r\n: 1\r\n\r\n",
        "0\r\nX\0: 1\r\n\r\n", "0\r\nX: \0\r\n\r\n", "0\r\nnothing\r\n\r\n", "0\r\nX: 1\r\n folded\r\n\r\n", "0\r\nX: 1\n\n", "0;\n\r\n\r\n", "0\rX\r\n\r\n",
    ];

    // Each with a whole head behind it.
    private static readonly string[] RequestLines =
    [
        "{0} {1}", "{0} {1} HTTP/0.9", "{0} {1} HTTP/1.2", "{0} {1} HTTP/2.0", "{0} {1} HTTP/3", "{0} {1} http/1.1", "{0} {1} HTTP/01.1", "{0} {1} HTTP/1.10", "{0} {1} HTTP/1", "{0} {1} HTTPS/1.1", "{0} {1} HTTP/ 1.1", "{0} {1} HTTP/1.1 ",
        "{0} {1} HTTP/1.1 x", "{0}  {1} HTTP/1.1", "{0}\t{1} HTTP/1.1", "{0} {1}\tHTTP/1.1", " {0} {1} HTTP/1.1", "\t{0} {1} HTTP/1.1", "{0} {1}\0 HTTP/1.1", "{0}\0 {1} HTTP/1.1", "{0} {1} HTTP/1.1\0", "{0} {1} HTTP/1.1\r",
        "{0} {1}\r HTTP/1.1", "{0} {1} {1} HTTP/1.1", "{0} {1}\v HTTP/1.1", "{0}\v{1} HTTP/1.1", "{0} http://api.example{1} HTTP/1.1", "{0} //api.example{1} HTTP/1.1", "{0} * HTTP/1.1", "{0} api.example:80 HTTP/1.1", "CONNECT api.example:80 HTTP/1.1",
        "CONNECT {1} HTTP/1.1", "TRACE {1} HTTP/1.1", "PRI * HTTP/2.0", "{0} {1}#x HTTP/1.1", "{0} \xEF\xBB\xBF{1} HTTP/1.1", "HTTP/1.1 {0} {1}", "{1} {0} HTTP/1.1", "{0}", "", "\0", "\x16\x03\x01\x02", "{0} {1} HTTP/1.1 HTTP/1.1",
    ];

    private static readonly string[] OddLines =
    [
        "X-A : 1", "X A: 1", ": 1", "X-A", "X-A\0: 1", "X-A: \0", "X-A: a\rb", "X-A: a\nb", "X-A: a\n b", "X-A: a\r\n b", "X-A: a\r\n\tb", " X-A: 1", "\tX-A: 1", "X\x01-A: 1", "X-A: \x01", "X-A: \x7F", "X-A: \xE9", "X\xE9: 1", "X-A\r\n: 1", "X-A;: 1",
        "X(A): 1", "X{A}: 1", "X\"A: 1", "X/A: 1", "X[A]: 1", "X@A: 1", "X,A: 1", "X=A: 1", "Host: other.example", "Host:", "Upgrade: websocket", "Upgrade: h2c", "Connection: upgrade", "Expect: 200-ok", "Proxy: x", "Connection: X-A", "Max-Forwards: 0",
        "X_Case: 2", "Content-Type: a\r\nContent-Type: b", "AiAccess_Token: x", "HTTP2-Settings: x\r\nUpgrade: h2c",
    ];

    private static readonly string[] Hosts = ["", "a@api.example", "api.example:", "api.example:0", "api.example:080", "api.example:x", "api example", "api.example/x", "api.example\\x", "api.example?x", "api.example#x", "[::1", "127.1", "0x7f.1", "b\xFC.example", "a, b", "api.example."];

    /// <summary>Each has to be refused, whatever route it is for.</summary>
    /// <param name="method">Of the request.</param>
    /// <param name="target">One that is streamed to the upstream, or read whole.</param>
    /// <param name="fields">What every request needs: the agent's key, and what tells requests apart.</param>
    public static IEnumerable<FramingCase> Malformed(string method, string target, string fields)
    {
        const string Chunks = "5\r\nhello\r\n0\r\n\r\n";
        string Head(string line, string more) => $"{line}\r\nHost: api.example\r\n{fields}{more}\r\n\r\n";
        FramingCase Framed(string kind, string lines, string body) => new(kind, Head($"{method} {target} HTTP/1.1", lines) + body);

        foreach (var length in Lengths) yield return Framed("length", $"Content-Length: {length}", "hello");
        foreach (var lines in LengthLines) yield return Framed("length line", lines, "hello");
        foreach (var coding in Codings) yield return Framed("coding", $"Transfer-Encoding: {coding}", Chunks);
        foreach (var coding in Codings.Where(coding => coding.Length > 0)) yield return Framed("coding and length", $"Content-Length: 5\r\nTransfer-Encoding: {coding}", Chunks);
        foreach (var lines in CodingLines) yield return Framed("coding line", lines, Chunks);
        foreach (var size in Sizes) yield return Framed("chunk size", "Transfer-Encoding: chunked", $"{size}\r\nhello\r\n0\r\n\r\n");
        foreach (var end in DataEnds) yield return Framed("chunk end", "Transfer-Encoding: chunked", $"5\r\nhello{end}0\r\n\r\n");
        foreach (var last in LastChunks) yield return Framed("last chunk", "Transfer-Encoding: chunked", $"5\r\nhello\r\n{last}");
        yield return Framed("extensions", "Transfer-Encoding: chunked", $"5;{new string('a', 20_000)}\r\nhello\r\n0\r\n\r\n");
        yield return Framed("extensions", "Transfer-Encoding: chunked", string.Concat(Enumerable.Repeat("1;ext=aaaaaaaaaaaaaaaa\r\nx\r\n", 1000)) + "0\r\n\r\n");
        yield return Framed("extensions", "Transfer-Encoding: chunked", $"5\r\nhello\r\n0;{new string('a', 20_000)}\r\n\r\n");
        foreach (var line in RequestLines)
            yield return new("request line", Head(string.Format(CultureInfo.InvariantCulture, line, method, target), "Content-Length: 5") + "hello");
        foreach (var odd in OddLines) yield return Framed("field", $"{odd}\r\nContent-Length: 5", "hello");
        foreach (var host in Hosts) yield return new("host", $"{method} {target} HTTP/1.1\r\nHost: {host}\r\n{fields}Content-Length: 5\r\n\r\nhello");
        yield return new("host", $"{method} {target} HTTP/1.1\r\n{fields}Content-Length: 5\r\n\r\nhello");
        yield return new("host", $"{method} {target} HTTP/1.0\r\n{fields}Content-Length: 5\r\n\r\nhello");
        yield return new("version", $"{method} {target} HTTP/1.0\r\nHost: api.example\r\n{fields}Transfer-Encoding: chunked\r\n\r\n{Chunks}");
        yield return new("version", $"{method} {target}\r\n");
        var plain = Head($"{method} {target} HTTP/1.1", "Content-Length: 5");
        yield return new("line ends", plain.Replace("\r\n", "\n", StringComparison.Ordinal) + "hello");
        yield return new("line ends", plain.Replace("\r\n", "\r", StringComparison.Ordinal) + "hello");
        yield return new("line ends", plain.Replace("\r\n", "\n\r", StringComparison.Ordinal) + "hello");
        yield return new("line ends", plain.Replace("\r\n", "\r\r\n", StringComparison.Ordinal) + "hello");
        for (var at = plain.IndexOf("\r\n", StringComparison.Ordinal); at >= 0; at = plain.IndexOf("\r\n", at + 2, StringComparison.Ordinal))
        {
            // All but the last line: after a bare LF there, more of the head may follow.
            yield return new("line end", plain.Remove(at, 1) + "hello");
            if (at < plain.Length - 4) yield return new("line end", plain.Remove(at + 1, 1) + "hello");
        }
    }

    /// <summary>Each is as HTTP wants it, if barely, and arrives once.</summary>
    public static IEnumerable<FramingCase> WellFormed(string target, string fields)
    {
        string Head(string lines) => $"POST {target} HTTP/1.1\r\nHost: api.example\r\n{fields}{lines}\r\n\r\n";
        yield return new("plain", Head("Content-Length: 5") + "hello");
        yield return new("zeros", Head("Content-Length: 0005") + "hello");
        yield return new("space", Head("Content-Length: \t 5 \t ") + "hello");
        yield return new("case", Head("tRANSFER-eNCODING: Chunked") + "5\r\nhello\r\n0\r\n\r\n");
        yield return new("zeros", Head("Transfer-Encoding: chunked") + "0005\r\nhello\r\n000\r\n\r\n");
        yield return new("chunks", Head("Transfer-Encoding: chunked") + "1\r\nh\r\n1\r\ne\r\n3\r\nllo\r\n0\r\n\r\n");
        yield return new("extensions", Head("Transfer-Encoding: chunked") + "5;a=b;c=\"d\"\r\nhello\r\n0;x\r\n\r\n");
        yield return new("trailers", Head("Transfer-Encoding: chunked\r\nTrailer: X-Sum") + "5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n");
        yield return new("expectation", Head("Expect: 100-continue\r\nContent-Length: 5") + "hello");
        // The server allows white space before the version (RFC 9112, 3), and takes it off.
        yield return new("request line", Head("Content-Length: 5").Replace(" HTTP/1.1", "  HTTP/1.1", StringComparison.Ordinal) + "hello");
        yield return new("options", Head("Connection: keep-alive, TE\r\nTE: trailers\r\nContent-Length: 5") + "hello");
    }
}
