using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;

namespace AiAccessProxy.Ledger.Embedded;

/// <summary>
/// Reads the entries of a folder without a lock, while another process may write to it. What the writer has not finished is not shown; what
/// it has not yet made durable may be.
/// </summary>
internal static class LedgerReader
{
    private const int BlockEntries = 256;

    /// <exception cref="LedgerRefusedException">There is no ledger, or it is damaged.</exception>
    public static async IAsyncEnumerable<Entry> ReadAsync(
        string folder, LedgerQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder) || SegmentName.List(folder) is not { Count: > 0 } segments)
            throw new LedgerRefusedException($"There is no ledger in {folder}. Name the folder that the proxy writes to (--data).");
        var start = query.Since is { } since ? segments.LastOrDefault(segment => HeaderOf(segment)?.StoredAt < since) : null;
        var after = new Position((start?.First ?? 1) - 1);
        await foreach (var entry in ReadAsync(folder, after, long.MaxValue, cancellationToken))
        {
            if (query.Until <= entry.StoredAt) yield break;
            if (query.Matches(entry)) yield return entry;
        }
    }

    /// <summary>Entries after a position and up to another.</summary>
    public static async IAsyncEnumerable<Entry> ReadAsync(
        string folder, Position after, long upTo, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = after;
        var sequence = 0;
        while (last.Number < upTo)
        {
            var segments = Begun(folder);
            var at = sequence == 0
                ? Math.Max(0, segments.FindLastIndex(segment => segment.First <= last.Number + 1))
                : segments.FindIndex(segment => segment.Sequence == sequence);
            if (at < 0 || at >= segments.Count) yield break;
            using var reading = new SegmentReading(segments[at], at + 1 < segments.Count ? HeaderOf(segments[at + 1]) : null, last);
            while (await Task.Run(() => reading.Take(BlockEntries), cancellationToken) is { Count: > 0 } entries)
            {
                foreach (var entry in entries)
                {
                    if (entry.Position.CompareTo(last) <= 0) continue;
                    if (entry.Position.Number > upTo) yield break;
                    last = entry.Position;
                    yield return entry;
                }
            }

            if (!reading.IsClosed && Begun(folder)[^1].Sequence == segments[at].Sequence)
            {
                reading.RefuseDamage();
                yield break;
            }

            // When a segment was begun since then, its header says how far this one counts.
            sequence = segments[at].Sequence + (reading.IsClosed ? 1 : 0);
        }
    }

    /// <summary>The segments, without one whose first line is just being written.</summary>
    private static List<SegmentName> Begun(string folder)
    {
        var segments = SegmentName.List(folder);
        if (segments.Count > 0 && HeaderOf(segments[^1]) is null) segments.RemoveAt(segments.Count - 1);
        return segments;
    }

    /// <summary>The header of a segment, or null when its first line is not there whole.</summary>
    public static Line.Header? HeaderOf(SegmentName segment)
    {
        using var file = Open(segment);
        var scanner = new ChangeScanner(file, 0, RandomAccess.GetLength(file));
        return scanner.Next() ? scanner.Change[0] as Line.Header : null;
    }

    internal static SafeFileHandle Open(SegmentName segment) =>
        File.OpenHandle(segment.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
}
