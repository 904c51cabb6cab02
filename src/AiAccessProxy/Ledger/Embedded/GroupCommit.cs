using Microsoft.Extensions.Logging;

namespace AiAccessProxy.Ledger.Embedded;

/// <summary>
/// Takes a batch to disk. Order: keys on disk, then the lines that need them, then the new registers are shown, then the keys of what ended are
/// overwritten, then everybody is told. Not for two threads at once; what it shows may be read by all.
/// </summary>
internal sealed partial class GroupCommit
{
    /// <summary>The most that may be answered for and not be on disk, in bytes: it is kept in memory until it is.</summary>
    private const long ExposedLimit = 16 * 1024 * 1024;

    private readonly OpenFolder _folder;
    private readonly LedgerOptions _options;
    private readonly ILogger _log;
    private readonly SpaceGuard _space;
    private volatile RegisterBook _book;
    private long _shown;
    private long _durable;
    private long? _exposedSince;
    private bool _isAlarmed;

    public GroupCommit(OpenFolder folder, LedgerOptions options, ILogger log)
    {
        (_folder, _options, _log, _book) = (folder, options, log, folder.Book);
        _space = new(folder.Reserve, folder.Time);
        _shown = _durable = folder.Last.Number;
        if (!_space.HasRoom()) Unwell(SpaceGuard.Words, null);
    }

    /// <summary>The registers as they stand on disk.</summary>
    public RegisterBook Book => _book;

    /// <summary>The last position that was answered for.</summary>
    public Position Shown => new(Interlocked.Read(ref _shown));

    public Position Durable => new(Interlocked.Read(ref _durable));

    public Hints Hints { get; } = new();

    /// <summary>Whether something is to be done soon even if nobody asks.</summary>
    public bool HasUnfinished => !_folder.Log.IsDurable || !_folder.Log.IsMarked || _folder.Vault.IsDirty || !_folder.Health.IsOk;

    public void Process(IReadOnlyList<Waiting> batch)
    {
        var room = _space.HasRoom();
        var admitted = room ? batch : _space.Admitted(batch);
        if (!room) Refuse(batch.Except(admitted), new IOException(SpaceGuard.Words));
        try
        {
            Attempt(admitted);
            if (_space.HasRoom() && !_folder.Vault.IsDirty && _folder.Health.Recover()) Said.Recovered(_log);
        }
        catch (Exception e) when (Disk.IsFull(e) && _space.GiveUp(admitted))
        {
            // What is given up now is for decisions alone.
            Unwell(SpaceGuard.Words, e);
            var insisting = room ? _space.Admitted(admitted) : admitted;
            Refuse(admitted.Except(insisting), e);
            Insist(insisting);
        }
        catch (Exception e)
        {
            // Whatever it was, everybody who waits has to be told; nothing of theirs has happened.
            if (Disk.IsFull(e)) _space.Ended();
            Refuse(admitted, e);
        }
    }

    /// <summary>Brings what is left to disk; nobody waits for it.</summary>
    public void Finish()
    {
        try
        {
            if (!_folder.Log.IsDurable) _folder.Log.Ready(_folder.Clock.Now);
            _folder.Log.Sync();
            _folder.Log.Mark();
            _folder.Log.Sync();
            _folder.Vault.Sync();
        }
        catch (Exception e) when (Disk.IsFailure(e))
        {
            Alarm(e);
        }
    }

    private void Insist(IReadOnlyList<Waiting> edges)
    {
        try
        {
            Attempt(edges);
        }
        catch (Exception e)
        {
            Refuse(edges, e);
        }
    }

    private void Attempt(IReadOnlyList<Waiting> batch)
    {
        if (batch.Count == 0) return;
        var now = _folder.Clock.Now;
        if (_folder.Log.Ready(now) is { } begun) AfterBegin(begun, now);
        var stage = new Stage(_book, _folder.Log.Last, now, _folder.Vault);
        Write(batch, stage);
        if (MustSync(batch, stage)) Sync(stage);
        else _folder.Log.Answer();
        Show();
        _exposedSince = _folder.Log.IsDurable ? null : _exposedSince ?? _folder.Time.GetTimestamp();
        _book = stage.Book;
        Erase(stage);
        foreach (var waiting in batch) waiting.Settle();
        if (stage.Moved.Count > 0) Hints.Tell(stage.Moved);
    }

    private void Write(IReadOnlyList<Waiting> batch, Stage stage)
    {
        try
        {
            foreach (var waiting in batch) waiting.Enter(stage);
            if (stage.Keyed.Count > 0) _folder.Vault.Sync();
            if (!stage.Lines.IsEmpty) _folder.Log.Append(stage.Lines, stage.Last);
        }
        catch
        {
            Disown(stage);
            throw;
        }
    }

    private bool MustSync(IReadOnlyList<Waiting> batch, Stage stage) =>
        stage.HasCommits
        || _options.Durability == LedgerDurability.Always
        || batch.Any(waiting => waiting is Waiting.Flush)
        || _folder.Log.ExposedBytes > ExposedLimit
        || (_exposedSince is { } since && _folder.Time.GetElapsedTime(since) >= _options.FlushAfter);

    private void Sync(Stage stage)
    {
        try
        {
            _folder.Log.Sync();
            if (stage.Lines.IsEmpty) _folder.Log.Mark();
        }
        catch
        {
            Disown(stage);
            throw;
        }
    }

    /// <summary>
    /// Frees the keys of registers that did not come to be. In memory only: the lines that name them may have reached the disk, although nobody was
    /// told so, and a start that finds them must be able to open them. The vault is not written before a new segment's header rules them out,
    /// because every batch begins with <see cref="SegmentLog.Ready"/>.
    /// </summary>
    private void Disown(Stage stage)
    {
        foreach (var id in stage.Keyed) _folder.Vault.Erase(id);
    }

    private void AfterBegin(SegmentName begun, DateTimeOffset now)
    {
        _isAlarmed = false;
        if (begun.First == 1 || _space.IsFull) return;
        try
        {
            RegisterSnapshot.Write(_folder.Disk, begun, _book.Forget(now), register => _folder.Vault.Seal(register, out _), now);
            RegisterSnapshot.DeleteOlder(_folder.Disk, begun);
        }
        catch (Exception e) when (Disk.IsFailure(e))
        {
            Said.NoSnapshot(_log, e, begun.Path);
        }
    }

    private void Erase(Stage stage)
    {
        foreach (var id in stage.Ended) _folder.Vault.Erase(id);
        if (stage.Ended.Count == 0 && !(_folder.Vault.IsDirty && stage.Lines.IsEmpty)) return;
        try
        {
            _folder.Vault.Sync();
        }
        catch (Exception e) when (Disk.IsFailure(e))
        {
            Unwell("The keys of ended tickets could not be erased yet.", e);
        }
    }

    private void Refuse(IEnumerable<Waiting> waiting, Exception why)
    {
        _folder.Log.TakeBack();
        Show();
        Alarm(why);
        var words = Disk.IsFailure(why) ? why.Message : "an unexpected error";
        Unwell(words, why);
        foreach (var refused in waiting) refused.Fail(new LedgerUnavailableException($"The ledger cannot record: {words}", why));
    }

    private void Show()
    {
        Interlocked.Exchange(ref _shown, _folder.Log.Last.Number);
        Interlocked.Exchange(ref _durable, _folder.Log.Durable.Number);
    }

    private void Alarm(Exception why)
    {
        if (_folder.Log.ExposedRecords is > 0 and var exposed && !_isAlarmed) Said.Exposed(_log, why, exposed, _folder.Log.Durable.Number + 1);
        _isAlarmed = _folder.Log.ExposedRecords > 0;
    }

    private void Unwell(string words, Exception? why)
    {
        if (_folder.Health.Fail(_folder.Time.GetUtcNow(), words)) Said.Failing(_log, why, words);
    }

    private static partial class Said
    {
        [LoggerMessage(EventId = 3010, Level = LogLevel.Error, Message = "The ledger cannot record, so nothing that needs a record happens: {Why}")]
        public static partial void Failing(ILogger log, Exception? exception, string why);

        [LoggerMessage(EventId = 3011, Level = LogLevel.Information, Message = "The ledger records again.")]
        public static partial void Recovered(ILogger log);

        [LoggerMessage(EventId = 3012, Level = LogLevel.Critical,
            Message = "{Records} records from {First} on were answered for and could not be brought to disk. They are held in memory and written first once the disk is back; if this process ends before, they are lost.")]
        public static partial void Exposed(ILogger log, Exception exception, int records, long first);

        [LoggerMessage(EventId = 3013, Level = LogLevel.Warning, Message = "No snapshot could be written beside {Segment}. The next start takes longer.")]
        public static partial void NoSnapshot(ILogger log, Exception exception, string segment);
    }
}
