using System.IO.Compression;
using System.Text;
using AiAccessProxy.Bypass.Grounds;
using AiAccessProxy.Bypass.Harness;

namespace AiAccessProxy.Bypass.Spellings;

/// <summary>Spellings of a JSON body and of the fields that say how to read it, without end.</summary>
internal static class BodySpellings
{
    private static readonly string[] Names =
    [
        "amount", "Amount", "AMOUNT", "aMount", "\\u0061mount", "amoun\\u0074", "amount\\u0000", " amount", "amount ", "\\u0041mount", "amount\\n", "ａmount", "amoun\\ud800t", "am\\u006Funt", "am/ount",
        "аmount", "to", "amount\\t", "\\uD83D\\uDE00", "__proto__",
    ];

    private static readonly string[] Values =
    [
        "20000", "2e4", "20000.0", "\"20000\"", "2E+4", "0.2e5", "20000e-0", "10000.01", "10000.00000000000000000001", "1e400", "1e-400", "-20000", "020000", "+20000", "20_000", "0x4e20",
        "NaN", "Infinity", "true", "null", "[20000]", "{\"amount\":20000}", "\"2e4\"", "\" 20000\"", "\"２００００\"", "99999999999999999999999999999999", "20000/**/", "5", "100", "\"5\"", "5.0", "-0",
        "9999999999999999999e-15", "\"5\\u0000\"", "5e0", "20000.", ".5", "1e", "\"\"", "{}", "[]", "[5,20000]", "{\"$numberInt\":\"20000\"}", "2e0004", "0e99999999999",
    ];

    private static readonly string[] MediaTypes =
    [
        "application/json", "application/json; charset=utf-8", "application/json;charset=UTF-16", "application/json; charset=utf-7", "application/json; charset=iso-8859-1", "APPLICATION/JSON",
        "text/json", "text/plain", "application/problem+json", "application/vnd.api+json", "application/x-www-form-urlencoded", "application/jsonp", "application/json, text/plain", "*/*", "application/json;",
        "application/json; charset=\"utf-8\"", "application/json; charset=utf-8; charset=utf-16", "multipart/form-data; boundary=x", "application/xml", "application/octet-stream", "application /json", "application/json\t", "json",
        "application/x-ndjson", "application/json-seq", "application/yaml", "text/x-json; q=1",
    ];

    private static readonly Func<string, Random, string>[] Wrappings =
    [
        (json, _) => $"\uFEFF{json}", (json, _) => $"/* x */{json}", (json, _) => $"{json}// x", (json, _) => json.Replace("}", ",}", StringComparison.Ordinal), (json, _) => $"[{json}]",
        (json, _) => $"{json}{{\"amount\":20000}}", (json, _) => $"{{\"amount\":5}}{json}", (json, _) => json.Replace('"', '\''), (json, _) => $" \n\t{json}\r\n", (json, _) => $"{json}\0", (json, _) => $")]}}',\n{json}",
        (json, _) => $"{{\"x\":{json}}}", (json, _) => json.Replace("\"amount\"", "amount", StringComparison.Ordinal), (json, _) => $"{json}\n{json}", (json, _) => $"\"{json.Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
        (json, chance) => json.Insert(chance.Next(json.Length), chance.Pick("\0", "\v", "\u00A0", "\u2028", "\x1F", ",", "/**/", "\\", "//\n", "#\n")), (json, _) => json[..^1], (json, _) => json,
        (json, _) => $"{new string('[', 70)}{json}{new string(']', 70)}", (json, _) => $"amount=20000&x={json}",
    ];

    public static IEnumerable<Spelling> Of(Ground ground, Random chance)
    {
        var starts = ground.Starts.Where(start => start.Body is not null).ToList();
        while (true)
        {
            var start = chance.Pick(starts);
            var members = Enumerable.Range(0, chance.Next(1, 4)).Select(_ => $"\"{chance.Pick(chance.Next(2) == 0 ? ["amount"] : Names)}\"{chance.Pick(":", " : ")}{chance.Pick(Values)}");
            var json = $"{{{string.Join(chance.Pick(",", ", "), members)}}}";
            if (chance.Next(2) == 0) json = chance.Pick(Wrappings)(json, chance);
            var (body, coding) = Coded(Encoded(json, chance), chance);
            List<(string, string)> headers = [("Content-Type", chance.Next(3) > 0 ? "application/json" : chance.Pick(MediaTypes))];
            if (coding is not null) headers.Add(("Content-Encoding", coding));
            if (chance.Next(12) == 0) headers.Add(("Content-Type", chance.Pick(MediaTypes)));
            if (chance.Next(20) == 0) headers.RemoveAt(0);
            yield return start with { Target = $"/{ground.Name}{start.Target}", Headers = headers, Body = body };
        }
    }

    private static byte[] Encoded(string json, Random chance)
    {
        var utf8 = Encoding.UTF8.GetBytes(json);
        return chance.Next(10) switch
        {
            0 => chance.Pick<byte[]>(
                Encoding.Unicode.GetBytes(json), Encoding.BigEndianUnicode.GetBytes(json), [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(json)], Encoding.UTF32.GetBytes(json), Encoding.Latin1.GetBytes(json)),
            1 => [.. utf8[..^1], .. chance.Pick<byte[]>([0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0x80], [0xF8, 0x88, 0x80, 0x80, 0x80]), utf8[^1]],
            _ => utf8,
        };
    }

    private static (byte[] Body, string? Coding) Coded(byte[] body, Random chance)
    {
        if (chance.Next(5) > 0) return (body, null);
        var gzip = Packed(body, stream => new GZipStream(stream, CompressionLevel.Fastest));
        return chance.Next(10) switch
        {
            0 => (gzip, "gzip"),
            1 => (gzip, chance.Pick("x-gzip", "GZIP", "gzip, identity", " gzip", "gzip;q=1")),
            2 => (Packed(gzip, stream => new GZipStream(stream, CompressionLevel.Fastest)), "gzip, gzip"),
            3 => (Packed(body, stream => new ZLibStream(stream, CompressionLevel.Fastest)), "deflate"),
            4 => (Packed(body, stream => new DeflateStream(stream, CompressionLevel.Fastest)), "deflate"),
            5 => (Packed(body, stream => new BrotliStream(stream, CompressionLevel.Fastest)), "br"),
            6 => ([.. gzip, .. Packed("{\"amount\":20000}"u8.ToArray(), stream => new GZipStream(stream, CompressionLevel.Fastest))], "gzip"),
            7 => ([.. gzip, .. "{\"amount\":20000}"u8], "gzip"),
            8 => (gzip[..^chance.Next(1, 9)], "gzip"),
            _ => (body, chance.Pick("identity", "gzip", "deflate", "br", "zstd", "compress", "", "aws-chunked", "none", "utf-8")),
        };
    }

    private static byte[] Packed(byte[] body, Func<Stream, Stream> open)
    {
        using var packed = new MemoryStream();
        using (var coding = open(packed)) coding.Write(body);
        return packed.ToArray();
    }
}
