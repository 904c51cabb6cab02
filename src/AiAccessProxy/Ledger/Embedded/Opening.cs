using System.Globalization;

namespace AiAccessProxy.Ledger.Embedded;

/// <summary>
/// Opens a folder: finds the last segment, repairs its tail, rebuilds the registers from the last snapshot and what follows it. The order
/// matters: what was read is made durable before a key that it no longer needs is erased.
/// </summary>
internal sealed class Opening(Disk disk, string folder)
{
    private readonly Dictionary<RegisterId, SealedState> _sealed = [];
    private RegisterBook _book = RegisterBook.Empty;
    private DateTimeOffset _clock = DateTimeOffset.MinValue;
    private long _position;
    private string? _repaired;

    public Opened Run(DateTimeOffset now)
    {
        foreach (var leftover in Directory.EnumerateFiles(folder, "*" + RegisterSnapshot.Extension + ".tmp")) disk.Delete(leftover);
        var segments = SegmentName.List(folder);
        CheckOrder(segments);
        DropUnbegun(segments);
        var vault = Vault.Open(disk, folder);
        SegmentFile? segment = null;
        try
        {
            if (segments.Count == 0) segment = BeginFirst(now);
            else segment = Replay(segments);
            Recall(vault);
            vault.EraseUnclaimed();
            disk.SyncFolder(folder);
            return new(segment, vault, _book.Forget(_clock), new Position(_position)) { Clock = _clock, Repaired = _repaired };
        }
        catch
        {
            segment?.Dispose();
            vault.Dispose();
            throw;
        }
    }

    private void CheckOrder(List<SegmentName> segments)
    {
        for (var i = 0; i < segments.Count; i++)
            if (segments[i].Sequence != i + 1) throw SegmentDamage.Missing(folder, i + 1);
    }

    /// <summary>A last segment without a whole header was being begun when the process died; nobody was answered from it.</summary>
    private void DropUnbegun(List<SegmentName> segments)
    {
        if (segments.Count == 0 || LedgerReader.HeaderOf(segments[^1]) is not null) return;
        using (var file = LedgerReader.Open(segments[^1]))
        {
            if (ChangeScanner.WasDurable(file, 0, RandomAccess.GetLength(file))) throw SegmentDamage.Header(segments[^1]);
        }

        disk.Delete(segments[^1].Path);
        disk.SyncFolder(folder);
        Repair($"segment {segments[^1].Sequence} had been begun without a whole first line and was removed");
        segments.RemoveAt(segments.Count - 1);
    }

    private SegmentFile BeginFirst(DateTimeOffset now)
    {
        var name = new SegmentName(folder, 1, 1);
        var lines = new LineWriter();
        lines.Write(new Line.Header(1, 1, now));
        var file = disk.Open(name.Path, FileMode.Create);
        try
        {
            file.Write(lines.Written.Span, 0);
            file.Sync();
            disk.SyncFolder(folder);
            return new(name, file, lines.Written.Length);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private SegmentFile Replay(List<SegmentName> segments)
    {
        var start = segments.FindLastIndex(segment => File.Exists(RegisterSnapshot.PathOf(folder, segment.Sequence)));
        if (start >= 0)
        {
            var header = RegisterSnapshot.Read(RegisterSnapshot.PathOf(folder, segments[start].Sequence), Take);
            _clock = header.StoredAt;
            _position = header.First - 1;
        }

        for (var i = Math.Max(start, 0); i < segments.Count - 1; i++)
        {
            var counted = LedgerReader.HeaderOf(segments[i + 1])?.PreviousBytes ?? throw SegmentDamage.Header(segments[i + 1]);
            using var file = LedgerReader.Open(segments[i]);
            if (RandomAccess.GetLength(file) < counted) throw SegmentDamage.TooShort(segments[i], counted);
            var scanner = new ChangeScanner(file, 0, counted);
            Take(segments[i], scanner);
            if (scanner.Offset != counted) throw SegmentDamage.At(segments[i], scanner.Offset);
        }

        return ReplayLast(segments[^1]);
    }

    private SegmentFile ReplayLast(SegmentName name)
    {
        var file = disk.Open(name.Path, FileMode.Open);
        try
        {
            var length = file.Length;
            var scanner = new ChangeScanner(file.Handle, 0, length);
            Take(name, scanner);
            if (scanner.Offset < length)
            {
                if (ChangeScanner.WasDurable(file.Handle, scanner.Offset, length)) throw SegmentDamage.At(name, scanner.Offset);
                file.Truncate(scanner.Offset);
                Repair($"{length - scanner.Offset} bytes after record {_position} were a torn write, never answered for, and were cut off");
            }

            WriteAgain(file, scanner.Durable, scanner.Offset);
            file.Sync();
            return new(name, file, scanner.Offset);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// What the last process had not made durable may stand in the page cache alone, after an fsync that failed, in pages that the kernel holds
    /// for clean. Only writing it once more makes the next fsync speak the truth.
    /// </summary>
    private static void WriteAgain(DiskFile file, long from, long to)
    {
        var buffer = new byte[256 * 1024];
        while (from < to)
        {
            var count = RandomAccess.Read(file.Handle, buffer.AsSpan(0, (int)Math.Min(buffer.Length, to - from)), from);
            if (count == 0) throw new IOException($"{file.Path} became shorter while it was read.");
            file.Write(buffer.AsSpan(0, count), from);
            from += count;
        }
    }

    private void Take(SegmentName name, ChangeScanner scanner)
    {
        var isFirst = true;
        while (scanner.Next())
        {
            if (isFirst)
            {
                if (scanner.Change[0] is not Line.Header header || header.Segment != name.Sequence || header.First != name.First)
                    throw SegmentDamage.Header(name);
                if (header.First != _position + 1) throw SegmentDamage.Order(name, _position + 1);
                if (header.StoredAt > _clock) _clock = header.StoredAt;
                isFirst = false;
                continue;
            }

            foreach (var line in scanner.Change) Take(name, line);
        }
    }

    private void Take(SegmentName name, Line line)
    {
        switch (line)
        {
            case Line.Recorded recorded:
                if (recorded.Position.Number != _position + 1) throw SegmentDamage.Order(name, _position + 1);
                _position++;
                if (recorded.StoredAt > _clock) _clock = recorded.StoredAt;
                break;
            case Line.Moved moved:
                Take(moved);
                break;
            default:
                throw SegmentDamage.Order(name, _position + 1);
        }
    }

    private void Take(Line.Moved moved)
    {
        _book = _book.With(moved.Held);
        if (moved.Sealed is { } state) _sealed[moved.Held.Id] = state;
        else _sealed.Remove(moved.Held.Id);
    }

    private void Recall(Vault vault)
    {
        foreach (var (id, state) in _sealed)
        {
            var held = _book.Registers[id];
            var register = vault.Recall(held.Register, state) ?? throw new LedgerRefusedException(
                $"The state of {id} cannot be opened: {Path.Combine(folder, Vault.FileName)} does not hold its key. "
                + "The vault is damaged or not of the same time as the segments; put both back from one backup.");
            _book = _book.With(held with { Register = register });
        }
    }

    private void Repair(string what) =>
        _repaired = _repaired is null ? what : string.Create(CultureInfo.InvariantCulture, $"{_repaired}; {what}");
}
