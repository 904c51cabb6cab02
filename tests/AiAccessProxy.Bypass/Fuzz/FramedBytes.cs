using System.Globalization;
using System.Text;
using AiAccessProxy.Bypass.Harness;

namespace AiAccessProxy.Bypass.Fuzz;

/// <summary>
/// Requests whose end servers disagree about: every body is itself a privileged request, so that whoever takes it for one gives it away.
/// </summary>
internal static class FramedBytes
{
    private const string Target = "/open/v1/charges/ch_1?mark=";

    private static readonly string[] Lengths =
        ["{0}", "{1}", "+{0}", "0{0}", "{0}, {0}", "{0}, {1}", "-1", "0x{0}", "{0}\t", "{0}.0", "{0}e0", "\v{0}", "", "99999999999999999999", "65536", "{0} {1}", "\u00B2", "{0};a=b", "0"];

    private static readonly string[] LengthNames = ["Content-Length", "content-length", "Content-Length ", "Content_Length", " Content-Length", "Content-Length\t", "X-Content-Length", "Content-Length\0"];

    private static readonly string[] Codings =
        ["chunked", "Chunked", "CHUNKED", "chunked, identity", "identity, chunked", "gzip, chunked", "x", "chunked\0", " chunked ", "chunked;q=1", "\"chunked\"", "chunked, chunked", "chunked,", ",chunked", "\tchunked", "chun\tked", "cow\r\n chunked", "\x0Bchunked", "identity", ""];

    private static readonly string[] CodingNames = ["Transfer-Encoding", "transfer-encoding", "Transfer-Encoding ", "Transfer_Encoding", " Transfer-Encoding", "Transfer-Encoding\t", "Transfer-encoding", "X\r\nTransfer-Encoding"];

    private static readonly string[] Sizes =
        ["{0:x}", "{0:X}", "00000000{0:x}", "0x{0:x}", "+{0:x}", "-{0:x}", " {0:x}", "{0:x} ", "{0:x};a=b", "{0:x};a=\"\r\n\"", "{0:x};a\n", "{0:x}\t", "{0:x},", "{0}", "{0:x};", "FFFFFFFFFFFFFFFF{0:x}", "10000000000000000{0:x}", "{0:x}\r", "", "g", "{0:x};\0", "{0:x}:"];

    private static readonly string[] Ends = ["0\r\n\r\n", "0\r\n", "0", "", "0\r\nX-Mode: force\r\n\r\n", "00\r\n\r\n", "0;a=b\r\n\r\n", "0\n\n", "0\r\n\r\nX", "0 \r\n\r\n", "0x0\r\n\r\n", "-0\r\n\r\n"];

    private static readonly string[] LineEnds = ["\n", "\r", "\r\r\n", "\n\r", "\r\n ", "\r\n\t", "\0\r\n", "\v\r\n"];

    /// <param name="number">
    /// Marks the request, in its target and in a header of its own, so that one survives what is done to the other; the one that hides in it
    /// has a mark of its own.
    /// </param>
    public static byte[] Of(Key agent, string number, Random chance)
    {
        var hidden = $"DELETE /open/admin/keys HTTP/1.1\r\nHost: api.example\r\nAiAccess-Token: {agent.Text}\r\n{Spelling.CaseHeader}: {number}-hidden\r\n\r\n";
        var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"POST {Target}{number} HTTP/1.1\r\nHost: api.example\r\nAiAccess-Token: {agent.Text}\r\n{Spelling.CaseHeader}: {number}\r\n");
        var body = hidden;
        var kind = chance.Next(4);
        if (kind is 0 or 2 or 3)
        {
            body = Chunks(hidden, chance);
            head.Append(CultureInfo.InvariantCulture, $"{Odd(CodingNames, chance)}: {Odd(Codings, chance)}\r\n");
        }

        if (kind is 1 or 2)
        {
            var length = Grammar.Pick([body.Length, body.Length, 0, 4, body.Length - 1, body.Length + 1], chance);
            head.Append(CultureInfo.InvariantCulture, $"{Odd(LengthNames, chance)}: {string.Format(CultureInfo.InvariantCulture, Odd(Lengths, chance), length, length + 5)}\r\n");
        }

        if (chance.Next(6) == 0) head.Append(Odd(CodingNames, chance)).Append(": ").Append(Odd(Codings, chance)).Append("\r\n");
        if (chance.Next(8) == 0) head.Append(CultureInfo.InvariantCulture, $"Content-Length: {hidden.Length}\r\n");
        var text = $"{head}\r\n{body}";
        if (chance.Next(3) == 0) text = OtherLineEnd(text, chance);
        if (chance.Next(3) == 0) text = Disturbed(text, chance);
        return Encoding.Latin1.GetBytes(text);
    }

    /// <summary>The marks that a request arrived with; two requests that were sent never share both.</summary>
    public static string MarksOf(RawRequest request)
    {
        var at = request.Target.IndexOf('=', StringComparison.Ordinal);
        return $"{request.Header(Spelling.CaseHeader)} {(at < 0 ? "" : request.Target[(at + 1)..])}".Trim();
    }

    /// <summary>The same bytes in some pieces.</summary>
    public static ReadOnlyMemory<byte>[] InPieces(byte[] bytes, Random chance)
    {
        var cuts = Enumerable.Range(0, chance.Next(4)).Select(_ => chance.Next(bytes.Length + 1)).Append(0).Append(bytes.Length).Distinct().Order().ToList();
        return [.. cuts.Zip(cuts.Skip(1), (from, to) => (ReadOnlyMemory<byte>)bytes.AsMemory(from, to - from))];
    }

    private static string Chunks(string body, Random chance)
    {
        var cut = chance.Next(body.Length);
        string[] parts = chance.Next(2) == 0 ? [body] : [body[..cut], body[cut..]];
        var chunks = parts.Select(part =>
            $"{string.Format(CultureInfo.InvariantCulture, Odd(Sizes, chance), part.Length)}\r\n{part}{(chance.Next(8) == 0 ? Grammar.Pick(LineEnds, chance) : "\r\n")}");
        return string.Concat(chunks) + Odd(Ends, chance);
    }

    /// <summary>Mostly the plain one, which comes first, so that one oddity is not hidden by another.</summary>
    private static string Odd(string[] from, Random chance) => chance.Next(2) == 0 ? from[0] : Grammar.Pick(from, chance);

    private static string OtherLineEnd(string text, Random chance)
    {
        var ends = text.Split("\r\n");
        var which = chance.Next(ends.Length - 1);
        return string.Join("\r\n", ends[..(which + 1)]) + Grammar.Pick(LineEnds, chance) + string.Join("\r\n", ends[(which + 1)..]);
    }

    private static string Disturbed(string text, Random chance)
    {
        var at = chance.Next(text.Length);
        return chance.Next(4) switch
        {
            0 => text.Remove(at, 1),
            1 => text.Insert(at, $"{(char)chance.Next(256)}"),
            2 => text[..at],
            _ => text.Insert(at, text[at..Math.Min(text.Length, at + 40)]),
        };
    }
}
