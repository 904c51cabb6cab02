using Microsoft.Win32.SafeHandles;

namespace AiAccessProxy.Ledger.Embedded;

/// <summary>Finds a place in a segment by halving it: lines can be recognized from anywhere, because a line break never stands inside one.</summary>
internal static class SegmentSeek
{
    private const long NearEnough = 64 * 1024;

    /// <summary>An offset at which a change begins, at or before the first record after <paramref name="after"/>.</summary>
    public static long Find(SafeFileHandle file, Position after, long end)
    {
        var (low, high) = (0L, end);
        while (high - low > NearEnough)
        {
            var middle = low + ((high - low) / 2);
            if (FirstChange(file, middle, high) is not var (offset, position) || position.CompareTo(after) > 0) high = middle;
            else low = offset;
        }

        return low;
    }

    /// <summary>The first change that begins after <paramref name="from"/>, and the position of its first record.</summary>
    private static (long Offset, Position Position)? FirstChange(SafeFileHandle file, long from, long end)
    {
        var lines = new LineScanner(file, from, end);
        if (!lines.TryNext(out _)) return null; // what is left of the line that the middle fell into
        while (true)
        {
            var offset = lines.Offset;
            if (!lines.TryNext(out var bytes)) return null;
            ulong seed = 0;
            if (LineParser.Parse(bytes, ref seed) is Line.Recorded { Number: 1 } record) return (offset, record.Position);
        }
    }
}
