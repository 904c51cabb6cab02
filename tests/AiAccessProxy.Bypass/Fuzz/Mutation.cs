using System.IO.Compression;
using System.Text;
using AiAccessProxy.Bypass.Harness;

namespace AiAccessProxy.Bypass.Fuzz;

/// <summary>Changes a call a little, at any place and in any way.</summary>
internal static class Mutation
{
    private const int LongestTarget = 4096;

    public static Spelling Of(Spelling call, Spelling other, Random chance)
    {
        for (var times = 1 + chance.Next(3); times > 0; times--) call = Once(call, other, chance);
        return call.Target.Length > LongestTarget ? call with { Target = call.Target[..LongestTarget] } : call;
    }

    private static Spelling Once(Spelling call, Spelling other, Random chance) => chance.Next(16) switch
    {
        0 => call with { Method = Grammar.Method(chance) },
        1 => call with { Method = Characters(call.Method, chance) },
        2 => call with { Target = Characters(call.Target, chance) },
        3 => call with { Target = call.Target.Insert(chance.Next(call.Target.Length + 1), Grammar.Segment(chance)) },
        4 => call with { Target = $"{call.Target}/{Grammar.Segment(chance)}" },
        5 => call with { Target = Escaped(call.Target, chance) },
        6 => call with { Target = call.Target[..chance.Next(call.Target.Length + 1)] + other.Target[chance.Next(other.Target.Length + 1)..] },
        7 => call with { Target = Grammar.Pick(FuzzGround.Starts, chance).Target },
        8 => call with { Headers = [.. call.Headers, Grammar.Header(chance)] },
        9 => call with { Headers = [.. call.Headers, .. other.Headers] },
        10 when call.Headers.Count > 0 => call with { Headers = [.. call.Headers.Where((_, at) => at != chance.Next(call.Headers.Count))] },
        11 when call.Headers.Count > 0 => call with { Headers = Changed(call.Headers, chance) },
        12 => call with { Body = Grammar.Body(chance), Headers = [.. call.Headers, ("Content-Type", "application/json")] },
        13 when call.Body is { Length: > 0 } body => call with { Body = Bytes(body, chance) },
        14 when call.Body is { Length: > 0 } body => Packed(call, body, chance),
        15 => call with { Body = other.Body },
        _ => call,
    };

    private static List<(string Name, string Value)> Changed(IReadOnlyList<(string Name, string Value)> headers, Random chance)
    {
        var changed = headers.ToList();
        var at = chance.Next(changed.Count);
        changed[at] = chance.Next(3) switch
        {
            0 => (Characters(changed[at].Name, chance), changed[at].Value),
            1 => (changed[at].Name, Characters(changed[at].Value, chance)),
            _ => (changed[at].Name.Replace('-', '_'), changed[at].Value),
        };
        // What takes a header apart in its line is the wire's business.
        return [.. changed.Where(header => header.Name.Length > 0 && !header.Value.Contains('\n', StringComparison.Ordinal) && !header.Name.AsSpan().ContainsAny('\n', ':', '\r'))];
    }

    private static string Characters(string text, Random chance)
    {
        var at = chance.Next(text.Length + 1);
        return chance.Next(6) switch
        {
            0 => text.Insert(at, $"{(char)chance.Next(1, 256)}".Replace('\n', ' ').Replace('\r', ' ')),
            1 when at < text.Length => text.Remove(at, 1),
            2 when at < text.Length => text.Insert(at, $"{text[at]}"),
            3 when at < text.Length => string.Concat(text.AsSpan(0, at), $"{(char)(text[at] ^ 0x20)}", text.AsSpan(at + 1)).Replace('\n', ' '),
            4 when at < text.Length => text[..at] + text[at..Math.Min(text.Length, at + 8)] + text[at..],
            _ => text.Insert(at, "%/;\\.?&=_ ,"[chance.Next(11)].ToString()),
        };
    }

    private static string Escaped(string text, Random chance)
    {
        if (text.Length < 2) return text;
        var at = 1 + chance.Next(text.Length - 1);
        var hex = chance.Next(2) == 0 ? $"{(int)text[at]:X2}" : $"{(int)text[at]:x2}";
        return $"{text[..at]}%{(chance.Next(4) == 0 ? "25" : "")}{hex}{text[(at + 1)..]}";
    }

    private static byte[] Bytes(byte[] body, Random chance)
    {
        var changed = body.ToList();
        var at = chance.Next(changed.Count);
        switch (chance.Next(4))
        {
            case 0: changed[at] = (byte)chance.Next(256); break;
            case 1: changed.RemoveAt(at); break;
            case 2: changed.InsertRange(at, changed.Skip(at).Take(6).ToList()); break;
            default: changed.InsertRange(at, Encoding.Latin1.GetBytes(Grammar.Pick(["\"", "\\u0061", "}", "{", ",", ":", "0", "e9", "\0", "//", "%", "&", "\r\n--x\r\n"], chance))); break;
        }

        return [.. changed];
    }

    private static Spelling Packed(Spelling call, byte[] body, Random chance)
    {
        using var packed = new MemoryStream();
        var coding = Grammar.Pick(["gzip", "deflate", "br"], chance);
        using (Stream into = coding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            _ => new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true),
        }) into.Write(body);
        return call with { Body = packed.ToArray(), Headers = [.. call.Headers, ("Content-Encoding", coding)] };
    }
}
