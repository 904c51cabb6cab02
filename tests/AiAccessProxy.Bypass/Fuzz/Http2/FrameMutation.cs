using AiAccessProxy.Bypass.Harness;

namespace AiAccessProxy.Bypass.Fuzz.Http2;

/// <summary>Changes a conversation a little: its frames, their order, and what stands in them.</summary>
internal static class FrameMutation
{
    private const int MostFrames = 40;

    public static Conversation Of(Conversation conversation, Conversation other, Random chance)
    {
        var frames = conversation.Frames.ToList();
        for (var times = 1 + chance.Next(3); times > 0 && frames.Count > 0; times--) Change(frames, other, chance);
        return new([.. frames.Take(MostFrames)]);
    }

    private static void Change(List<Http2Frame> frames, Conversation other, Random chance)
    {
        var at = chance.Next(frames.Count);
        var frame = frames[at];
        switch (chance.Next(12))
        {
            case 0: frames.RemoveAt(at); break;
            case 1: frames.Insert(chance.Next(frames.Count + 1), frame); break;
            case 2: (frames[at], frames[^1]) = (frames[^1], frame); break;
            case 3: frames[at] = frame with { Flags = (byte)(frame.Flags ^ (1 << chance.Next(8))) }; break;
            case 4: frames[at] = frame with { Stream = chance.Next(8) }; break;
            case 5: frames[at] = frame with { Type = (byte)chance.Next(11) }; break;
            case 6 or 7 when frame.Payload.Length > 0: frames[at] = frame with { Payload = Changed(frame, chance) }; break;
            case 8: frames.Insert(at, FrameGrammar.Between(frame.Stream, chance)); break;
            case 9: frames.AddRange(other.Frames.Select(one => one with { Stream = one.Stream == 0 ? 0 : one.Stream + 6 })); break;
            case 10: frames[at] = frame with { Claimed = Math.Max(0, frame.Payload.Length + Grammar.Pick([-1, 1, 7, -9, 20_000], chance)) }; break;
            default: frames.Insert(at, new(Http2Frame.Data, 0, frame.Stream, new byte[chance.Next(3) == 0 ? 17_000 : 0])); break;
        }
    }

    private static byte[] Changed(Http2Frame frame, Random chance)
    {
        var at = chance.Next(frame.Payload.Length);
        if (!Conversation.MayChange(frame, at)) return frame.Payload;
        return chance.Next(3) switch
        {
            0 => [.. frame.Payload[..at], (byte)chance.Next(256), .. frame.Payload[(at + 1)..]],
            1 => [.. frame.Payload[..at], .. frame.Payload[(at + 1)..]],
            _ => [.. frame.Payload[..at], (byte)chance.Next(256), .. frame.Payload[at..]],
        };
    }
}
