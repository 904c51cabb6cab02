using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace AiAccessProxy.Ledger.Embedded;

/// <summary>A segment being read from the first record after a position.</summary>
internal sealed class SegmentReading : IDisposable
{
    private readonly SegmentName _name;
    private readonly SafeFileHandle _file;
    private readonly ChangeScanner _scanner;
    private readonly long _end;

    /// <param name="name">The segment.</param>
    /// <param name="next">The header of the one after it, which says how far this one counts; null when it is the last.</param>
    /// <param name="after">Where to begin.</param>
    public SegmentReading(SegmentName name, Line.Header? next, Position after)
    {
        _name = name;
        _file = LedgerReader.Open(name);
        IsClosed = next is not null;
        _end = next?.PreviousBytes ?? RandomAccess.GetLength(_file);
        _scanner = new(_file, SegmentSeek.Find(_file, after, _end), _end);
    }

    /// <summary>Whether nothing can follow in it.</summary>
    public bool IsClosed { get; }

    /// <summary>Some more entries; none at the end.</summary>
    public IReadOnlyList<Entry> Take(int count)
    {
        var entries = new List<Entry>(count);
        while (entries.Count < count && _scanner.Next())
            foreach (var record in _scanner.Change.OfType<Line.Recorded>()) entries.Add(ToEntry(record));

        if (entries.Count == 0 && IsClosed && _scanner.Offset < _end) throw Damaged(_scanner.Offset);
        return entries;
    }

    /// <exception cref="LedgerRefusedException">What it stopped at is no torn tail.</exception>
    public void RefuseDamage()
    {
        if (_scanner.Offset < _end && ChangeScanner.WasDurable(_file, _scanner.Offset, _end)) throw Damaged(_scanner.Offset);
    }

    public void Dispose() => _file.Dispose();

    private Entry ToEntry(Line.Recorded line)
    {
        try
        {
            return new(line.Position, line.StoredAt, RecordJson.Read(line.Stored.Span), line.Stored);
        }
        catch (JsonException e)
        {
            throw new LedgerRefusedException($"Record {line.Position} in {_name.Path} cannot be read: {e.Message}", e);
        }
    }

    private LedgerRefusedException Damaged(long offset) => SegmentDamage.At(_name, offset);
}
