using Microsoft.Win32.SafeHandles;

namespace AiAccessProxy.Ledger.Embedded;

/// <summary>Walks over the changes of a segment. A change whose lines are not all there and whole is where it stops.</summary>
internal sealed class ChangeScanner(SafeFileHandle file, long offset, long end)
{
    private readonly LineScanner _lines = new(file, offset, end);
    private readonly List<Line> _change = [];

    /// <summary>The lines of the change, valid until the next call.</summary>
    public IReadOnlyList<Line> Change => _change;

    /// <summary>The end of the last whole change.</summary>
    public long Offset { get; private set; } = offset;

    /// <summary>The most that a line so far has said to be durable.</summary>
    public long Durable { get; private set; }

    /// <summary>False at the end, and at what is damaged or unfinished: then <see cref="Offset"/> is before the end.</summary>
    public bool Next()
    {
        _change.Clear();
        ulong seed = 0;
        var expected = 1;
        while (_lines.TryNext(out var bytes))
        {
            if (LineParser.Parse(bytes, ref seed) is not { } line || line.Number != _change.Count + 1) return false;
            if (line is Line.Durable durable && _change.Count == 0)
            {
                Durable = Math.Max(Durable, durable.Bytes);
                Offset = _lines.Offset;
                seed = 0;
                continue;
            }

            if (_change.Count == 0) expected = line.Lines;
            _change.Add(line);
            if (_change.Count < expected) continue;
            Offset = _lines.Offset;
            return true;
        }

        return false;
    }

    /// <summary>
    /// Whether something at or after <paramref name="from"/> proves that what lies there had been durable: a later line that says so. Without
    /// such a line it was written last and never answered for: a torn tail.
    /// </summary>
    public static bool WasDurable(SafeFileHandle file, long from, long end)
    {
        for (var start = from; start < end; start += LineScanner.MaxLineBytes)
        {
            var lines = new LineScanner(file, start, end);
            while (lines.TryNext(out var bytes))
            {
                // A damaged line break leaves the line behind the one before.
                ulong seed = 0;
                var mark = Math.Max(0, bytes.LastIndexOf("{\"durable_bytes\":"u8));
                if (LineParser.Parse(bytes[mark..], ref seed) is Line.Durable durable && durable.Bytes > from) return true;
            }

            // Either the end, or a stretch without a line break that is longer than any line.
            start = lines.Offset;
        }

        return false;
    }
}
