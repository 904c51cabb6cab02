using System.Globalization;
using System.Text;
using AiAccessProxy.Bypass.Harness;

namespace AiAccessProxy.Bypass.Fuzz.Http2;

/// <summary>Makes conversations of calls: most of them sound, some of them what servers stumble over.</summary>
internal static class FrameGrammar
{
    private const int MostCalls = 3;

    private static readonly string[] Connecting =
        ["connection: close", "connection: x-mode", "transfer-encoding: chunked", "keep-alive: 5", "upgrade: h2c", "proxy-connection: close", "te: trailers", "te: gzip", "host: evil.example", "http2-settings: AAA", "trailer: x-mode", "expect: 100-continue", ":protocol: websocket", ":status: 200", "X-Mode: safe"];

    private static readonly string[] LineEnds = ["\r\nx-mode: force", "\nx-mode: force", "\r", "\0", " HTTP/1.1\r\n\r\nDELETE /admin/users HTTP/1.1\r\nHost: x\r\n\r\n", "\u000B", "\x7F", "\u0080"];

    private static readonly string[] Lengths = ["0", "1", "+5", "5, 5", "-1", "0x5", "", "99999999999999999999", "5 ", "65536"];

    // RFC 7541, 6: indexed fields that are there, are not, and are none; changes of the table's size; texts that are cut; Huffman of nothing.
    private static readonly byte[][] OddBlocks =
        [[0x82], [0x83], [0x84], [0x87], [0xBE], [0xBF], [0xFF, 0xFF, 0xFF, 0xFF, 0x7F], [0x80], [0x20], [0x3F, 0xE1, 0x1F], [0x3F, 0xFF, 0xFF, 0xFF, 0x7F], [0x00, 0x7F], [0x40, 0x84, 0xFF, 0xFF, 0xFF, 0xFF, 0x00], [0x04, 0x82, 0x60, 0x7F], [0x42, 0x03, 0x50, 0x55, 0x54], [0x00, 0x00, 0x01, 0x78]];

    public static Conversation Of(Func<Spelling> call, Random chance)
    {
        var calls = Enumerable.Range(0, 1 + chance.Next(MostCalls)).Select(at => new Queue<Http2Frame>(Frames(call(), 1 + (2 * at), chance))).ToList();
        var frames = new List<Http2Frame>();
        while (calls.Exists(frames => frames.Count > 0))
        {
            // A later stream may not begin before an earlier one; beyond that they come in any order. A block of fields is not interrupted.
            var open = calls.FindAll(frames => frames.Count > 0);
            var one = open.Find(left => left.Peek().Type == Http2Frame.Headers) is { } begins && chance.Next(2) == 0 ? begins : open[0];
            do frames.Add(one.Dequeue());
            while (frames[^1].Type is Http2Frame.Headers or Http2Frame.Continuation && !frames[^1].Has(Http2Frame.EndHeaders) && one.Count > 0);
            if (chance.Next(30) == 0) frames.Add(Between(frames[^1].Stream, chance));
        }

        return new(frames);
    }

    /// <summary>What may stand between the frames of calls, and what may not.</summary>
    public static Http2Frame Between(int stream, Random chance)
    {
        byte[] random = new byte[chance.Next(12)];
        chance.NextBytes(random);
        return chance.Next(9) switch
        {
            0 => new(Http2Frame.Ping, 0, 0, new byte[8]),
            1 => new(Http2Frame.WindowUpdate, 0, chance.Next(2) * stream, Grammar.Pick<byte[]>([[0, 0, 0, 1], [0, 0, 0, 0], [0x7F, 0xFF, 0xFF, 0xFF]], chance)),
            2 => new(Http2Frame.Priority, 0, stream, [0, 0, 0, (byte)chance.Next(4), 16]),
            3 => new(Http2Frame.ResetStream, 0, stream, [0, 0, 0, 8]),
            4 => new(Http2Frame.Settings, 0, 0, Grammar.Pick<byte[]>([[], [0, 1, 0, 0, 0, 0], [0, 4, 0, 0, 0, 0], [0, 5, 0, 0, 0, 1], [0, 3, 0, 0, 0, 0], [0, 99, 0, 0, 0, 1], [0, 2, 0, 0, 0, 9]], chance)),
            5 => new(Http2Frame.GoAway, 0, 0, new byte[8]),
            6 => new(Http2Frame.PushPromise, Http2Frame.EndHeaders, stream, [0, 0, 0, 2, 0x82]),
            7 => new((byte)chance.Next(10, 256), (byte)chance.Next(256), chance.Next(2) * stream, random),
            _ => new((byte)chance.Next(10), (byte)chance.Next(256), chance.Next(6), random),
        };
    }

    private static IEnumerable<Http2Frame> Frames(Spelling call, int stream, Random chance)
    {
        var fields = Fields(call, stream, chance);
        var smuggled = Encoding.Latin1.GetBytes("DELETE /admin/users HTTP/1.1\r\nHost: x\r\n\r\n");
        var body = chance.Next(8) == 0 ? smuggled : call.Body;
        if (chance.Next(4) == 0)
            fields.Add(("content-length", chance.Next(2) == 0 ? string.Create(CultureInfo.InvariantCulture, $"{body?.Length ?? 0}") : Grammar.Pick(Lengths, chance)));
        var trailers = chance.Next(12) == 0 ? Block([Odd(chance)], chance) : null;
        List<Http2Frame> frames = [.. Block(stream, Block(fields, chance), body is null && trailers is null, chance)];
        if (body is not null)
        {
            var cut = chance.Next(body.Length + 1);
            byte[][] parts = chance.Next(2) == 0 ? [body] : [body[..cut], body[cut..]];
            frames.AddRange(parts.Select((part, at) => Padded(new(Http2Frame.Data, (byte)(at == parts.Length - 1 && trailers is null ? Http2Frame.EndStream : 0), stream, part), chance)));
        }

        if (trailers is not null) frames.AddRange(Block(stream, trailers, isLast: chance.Next(8) > 0, chance));
        return frames;
    }

    private static List<(string Name, string Value)> Fields(Spelling call, int stream, Random chance)
    {
        List<(string Name, string Value)> pseudo = [(":method", call.Method), (":scheme", "https"), (":authority", "api.example"), (":path", call.Target)];
        List<(string Name, string Value)> plain = [.. call.Headers.Select(field => (field.Name.ToLowerInvariant(), field.Value))];
        var at = chance.Next(pseudo.Count);
        var other = Grammar.Call(chance);
        switch (chance.Next(40))
        {
            case 0: pseudo.Insert(chance.Next(5), (pseudo[at].Name, at == 3 ? other.Target : other.Method)); break;
            case 1: pseudo.RemoveAt(at); break;
            case 2: plain.Add(pseudo[at]); pseudo.RemoveAt(at); break;
            case 3: plain.Add(pseudo[at]); break;
            case 4: pseudo[at] = (pseudo[at].Name, pseudo[at].Value + Grammar.Pick(LineEnds, chance)); break;
            case 5: plain.Add(("x-a", $"b{Grammar.Pick(LineEnds, chance)}")); break;
            case 6: plain.Add(($"x-a{Grammar.Pick(LineEnds, chance)}", "b")); break;
            case 7: plain.Add(Odd(chance)); break;
            case 8: pseudo[at] = (pseudo[at].Name, ""); break;
        }

        return [.. pseudo, ("aiaccess-token", Conversation.Key), (Spelling.CaseHeader.ToLowerInvariant(), string.Create(CultureInfo.InvariantCulture, $"{Conversation.Mark}-{stream}")), .. plain];
    }

    private static (string Name, string Value) Odd(Random chance)
    {
        var field = Grammar.Pick(Connecting, chance);
        var colon = field.IndexOf(": ", StringComparison.Ordinal);
        return (field[..colon], field[(colon + 2)..]);
    }

    private static byte[] Block(IEnumerable<(string Name, string Value)> fields, Random chance)
    {
        var block = fields.Select(field => HeaderBlock.Write([field], field.Name == "x-case" || chance.Next(5) > 0 ? (byte)0 : Grammar.Pick<byte>([0x10, 0x40], chance))).ToList();
        if (chance.Next(40) == 0) block.Insert(chance.Next(block.Count + 1), Grammar.Pick(OddBlocks, chance));
        return [.. block.SelectMany(one => one)];
    }

    private static IEnumerable<Http2Frame> Block(int stream, byte[] block, bool isLast, Random chance)
    {
        var end = (byte)(isLast ? Http2Frame.EndStream : 0);
        var whole = new Http2Frame(Http2Frame.Headers, (byte)(end | Http2Frame.EndHeaders), stream, block);
        var cut = chance.Next(block.Length + 1);
        // Neither half of the key or the mark is one.
        if (chance.Next(4) > 0 || !Conversation.MayChange(whole, cut)) return [Padded(Depending(whole, chance), chance)];
        var left = cut + chance.Next(block.Length - cut + 1);
        if (!Conversation.MayChange(whole, left)) left = block.Length;
        return
        [
            Padded(Depending(new(Http2Frame.Headers, end, stream, block[..cut]), chance), chance), new(Http2Frame.Continuation, 0, stream, block[cut..left]),
            new(Http2Frame.Continuation, Http2Frame.EndHeaders, stream, block[left..]),
        ];
    }

    private static Http2Frame Depending(Http2Frame frame, Random chance) => chance.Next(8) > 0
        ? frame
        : frame with { Flags = (byte)(frame.Flags | Http2Frame.HasPriority), Payload = [0, 0, 0, (byte)(chance.Next(20) == 0 ? frame.Stream : 0), 200, .. frame.Payload] };

    private static Http2Frame Padded(Http2Frame frame, Random chance)
    {
        if (chance.Next(6) > 0) return frame;
        var length = chance.Next(20);
        return frame with
        {
            Flags = (byte)(frame.Flags | Http2Frame.Padded),
            Payload = [(byte)(chance.Next(20) == 0 ? 255 : length), .. frame.Payload, .. new byte[length]],
        };
    }
}
