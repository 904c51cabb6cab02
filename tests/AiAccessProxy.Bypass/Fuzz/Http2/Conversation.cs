using System.Globalization;
using System.Text;
using AiAccessProxy.Bypass.Harness;

namespace AiAccessProxy.Bypass.Fuzz.Http2;

/// <summary>
/// What one agent says on one connection after its preface. Its key and the mark of its calls stand there as texts of the same length, which
/// nothing divides or changes.
/// </summary>
internal sealed record Conversation(IReadOnlyList<Http2Frame> Frames)
{
    public const string Mark = "mark0000";

    public static readonly string Key = new('k', 48);

    /// <summary>Whether the server may be waiting: for the rest of a frame, or for room to answer in.</summary>
    public bool MayWait => Frames.Any(frame => frame.Claimed is not null || frame is { Type: Http2Frame.Settings, Payload.Length: > 0 });

    /// <summary>Streams that the agent has opened and not reset, and whether it has ended them.</summary>
    public IReadOnlyDictionary<int, bool> Streams => Frames.GroupBy(frame => frame.Stream)
        .Where(frames => frames.Any(frame => frame.Type == Http2Frame.Headers) && frames.All(frame => frame.Type != Http2Frame.ResetStream))
        .ToDictionary(frames => frames.Key, frames => frames.Any(frame => frame.Type is Http2Frame.Headers or Http2Frame.Data && frame.Has(Http2Frame.EndStream)));

    /// <summary>How often a call of this mark was made.</summary>
    public int Calls => Frames.Sum(frame => Text(frame).Split(Mark).Length - 1);

    /// <summary>Whether this place in a frame is anything but the key or the mark.</summary>
    public static bool MayChange(Http2Frame frame, int at)
    {
        var text = Text(frame);
        return new[] { Key, Mark }.All(fixedText =>
        {
            for (var begin = text.IndexOf(fixedText, StringComparison.Ordinal); begin >= 0; begin = text.IndexOf(fixedText, begin + 1, StringComparison.Ordinal))
                if (at >= begin && at < begin + fixedText.Length) return false;
            return true;
        });
    }

    public byte[] Bytes(string key, string mark)
    {
        Assert.Equal((Key.Length, Mark.Length), (key.Length, mark.Length));
        return [.. Frames.SelectMany(frame => (frame with
        {
            Payload = Encoding.Latin1.GetBytes(Text(frame).Replace(Key, key, StringComparison.Ordinal).Replace(Mark, mark, StringComparison.Ordinal)),
        }).Bytes)];
    }

    /// <summary>One frame a line: type, flags, stream, the length it claims where that is not true, payload.</summary>
    public static Conversation Read(string text) => new([.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
    {
        var parts = line.Split(' ');
        return new Http2Frame((byte)Number(parts[0]), (byte)Number(parts[1]), Number(parts[2]), Encoding.Latin1.GetBytes(Corpus.Plain(parts[4])))
        {
            Claimed = parts[3] == "-" ? null : Number(parts[3]),
        };
    })]);

    public override string ToString() => string.Concat(Frames.Select(frame => string.Create(
        CultureInfo.InvariantCulture, $"{frame.Type} {frame.Flags} {frame.Stream} {(frame.Claimed is { } claimed ? $"{claimed}" : "-")} {Corpus.Escaped(Text(frame))}\n")));

    private static string Text(Http2Frame frame) => Encoding.Latin1.GetString(frame.Payload);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
