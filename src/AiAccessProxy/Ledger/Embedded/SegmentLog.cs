namespace AiAccessProxy.Ledger.Embedded;

/// <summary>
/// The segments as one log to append to. A write or an fsync that fails retires the segment: it is cut back to what had been answered for, never
/// written again, and the next one says how many of its bytes count. What had been answered for and may not have reached the disk is kept
/// and written once more at the head of the next. Not for two threads at once.
/// </summary>
internal sealed class SegmentLog(Disk disk, SegmentFile opened, Position last, long segmentBytes) : IDisposable
{
    private readonly LineWriter _lines = new();
    private readonly List<ReadOnlyMemory<byte>> _answered = [];
    private SegmentFile? _current = opened;
    private SegmentName _name = opened.Name;
    private long _countedBytes = opened.Length;
    private bool _isUnmarked;
    private long _answeredLength = opened.Length;
    private ReadOnlyMemory<byte> _unanswered;

    /// <summary>The last position that was answered for, or is in the batch being written.</summary>
    public Position Last { get; private set; } = last;

    /// <summary>The last position that is on disk.</summary>
    public Position Durable { get; private set; } = last;

    private Position Answered { get; set; } = last;

    public bool IsDurable => Durable == Last && _current is not null;

    /// <summary>Whether the segment itself says how far it is durable.</summary>
    public bool IsMarked => _current is not null && !_isUnmarked;

    /// <summary>How much was answered for and is not known to be on disk.</summary>
    public long ExposedBytes { get; private set; }

    public int ExposedRecords => (int)(Answered.Number - Durable.Number);

    /// <summary>Makes sure of a segment that can be written.</summary>
    /// <returns>The name of a segment that was begun, whose registers want a snapshot; otherwise null.</returns>
    public SegmentName? Ready(DateTimeOffset now)
    {
        if (_current is { } full && full.Length >= segmentBytes)
        {
            Sync();
            _countedBytes = full.DurableLength;
            full.Dispose();
            _current = null;
        }

        return _current is null ? Begin(now) : null;
    }

    /// <summary>Writes whole changes; <paramref name="last"/> is the position of their last record.</summary>
    public void Append(ReadOnlyMemory<byte> changes, Position last)
    {
        var segment = _current ?? throw new InvalidOperationException("No segment is open.");
        try
        {
            if (_isUnmarked) segment.Append([.. MarkLine(segment), .. changes.Span]);
            else segment.Append(changes.Span);
            _isUnmarked = false;
        }
        catch
        {
            Retire(segment, mayStillSync: true);
            throw;
        }

        _unanswered = changes.ToArray();
        Last = last;
    }

    /// <summary>What was appended is about to be answered for without an fsync.</summary>
    public void Answer()
    {
        if (_unanswered.IsEmpty) return;
        _answered.Add(_unanswered);
        ExposedBytes += _unanswered.Length;
        _unanswered = default;
        Answered = Last;
        _answeredLength = _current!.Length;
    }

    /// <summary>Says in the segment how far it is durable, when that is not said yet: from then on damage there is told from a torn tail.</summary>
    public void Mark()
    {
        if (_current is not { } segment || !_isUnmarked) return;
        try
        {
            segment.Append(MarkLine(segment));
            _isUnmarked = false;
        }
        catch
        {
            Retire(segment, mayStillSync: true);
            throw;
        }
    }

    /// <summary>What was appended and is not answered for will not be: it is taken back.</summary>
    public void TakeBack()
    {
        if (_current is { } segment && !_unanswered.IsEmpty) Retire(segment, mayStillSync: true);
    }

    public void Sync()
    {
        if (_current is not { } segment || segment.IsDurable) return;
        try
        {
            segment.Sync();
        }
        catch
        {
            Retire(segment, mayStillSync: false);
            throw;
        }

        _unanswered = default;
        Covered();
        _answeredLength = segment.Length;
        _isUnmarked |= Durable != Last;
        Durable = Answered = Last;
    }

    public void Dispose() => _current?.Dispose();

    private ReadOnlySpan<byte> MarkLine(SegmentFile segment)
    {
        _lines.Clear();
        _lines.Write(new Line.Durable(segment.DurableLength));
        return _lines.Written.Span;
    }

    private SegmentName Begin(DateTimeOffset now)
    {
        if (!File.Exists(_name.Path)) throw new IOException($"{_name.Path} is gone. Put the folder back and restart.");
        var name = new SegmentName(_name.Folder, _name.Sequence + 1, Durable.Number + 1);
        _lines.Clear();
        _lines.Write(new Line.Header(name.Sequence, name.First, now) { PreviousBytes = _countedBytes });
        byte[] head = [.. _lines.Written.Span, .. _answered.SelectMany(changes => changes.ToArray())];
        DiskFile? file = null;
        try
        {
            file = disk.Open(name.Path, FileMode.Create);
            file.Write(head, 0);
            file.Sync();
            disk.SyncFolder(name.Folder);
        }
        catch
        {
            file?.Dispose();
            TryDelete(name.Path);
            throw;
        }

        (_current, _name, _isUnmarked) = (new SegmentFile(name, file, head.Length), name, true);
        Covered();
        _answeredLength = head.Length;
        Durable = Last = Answered;
        return name;
    }

    /// <param name="mayStillSync">
    /// False after a failed fsync: the kernel may have dropped the pages and a second fsync would say yes to nothing.
    /// </param>
    private void Retire(SegmentFile segment, bool mayStillSync)
    {
        _current = null;
        _unanswered = default;
        _countedBytes = segment.DurableLength;
        Last = Answered;
        try
        {
            segment.File.Truncate(_answeredLength);
            segment.File.Sync();
            if (mayStillSync)
            {
                _countedBytes = _answeredLength;
                Durable = Answered;
                Covered();
            }
        }
        catch (Exception e) when (Disk.IsFailure(e))
        {
            // The next segment's header says what counts.
        }
        finally
        {
            segment.Dispose();
        }
    }

    private void Covered()
    {
        _answered.Clear();
        ExposedBytes = 0;
    }

    private void TryDelete(string path)
    {
        try
        {
            disk.Delete(path);
        }
        catch (Exception e) when (Disk.IsFailure(e))
        {
            // The next try writes over it; a start finds no whole header in it, or one that is right.
        }
    }
}
