using Microsoft.Extensions.Logging;

namespace AiAccessProxy.Ledger.Embedded;

/// <summary>A ledger's folder, locked and open: what the writer works with.</summary>
internal sealed partial class OpenFolder : IDisposable
{
    private readonly FolderLock _lock;

    private OpenFolder(FolderLock taken, Disk disk, Opened opened, LedgerOptions options)
    {
        _lock = taken;
        Disk = disk;
        Vault = opened.Vault;
        Book = opened.Book;
        Last = opened.Last;
        Log = new(disk, opened.Segment, opened.Last, options.SegmentBytes);
        Reserve = new(disk, options.Folder, options.ReserveBytes);
        Health = new() { Repaired = opened.Repaired };
    }

    public Disk Disk { get; }

    public SegmentLog Log { get; }

    public Vault Vault { get; }

    public Reserve Reserve { get; }

    public LedgerHealth Health { get; }

    public required StoreClock Clock { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>The registers as they were found.</summary>
    public RegisterBook Book { get; }

    /// <summary>The last position that was found.</summary>
    public Position Last { get; }

    /// <exception cref="LedgerRefusedException">It cannot be opened as it stands.</exception>
    public static OpenFolder Open(LedgerOptions options, TimeProvider time, Disk disk, ILogger log)
    {
        if (options.Problems().ToList() is { Count: > 0 } problems) throw new LedgerRefusedException(string.Join(" ", problems));
        FolderLock? taken = null;
        try
        {
            Make(options.Folder);
            taken = FolderLock.Take(options.Folder);
            var opened = new Opening(disk, options.Folder).Run(time.GetUtcNow());
            var folder = new OpenFolder(taken, disk, opened, options) { Clock = new(time, opened.Clock), Time = time };
            folder.Report(opened, log);
            return folder;
        }
        catch (Exception e) when (Disk.IsFailure(e))
        {
            taken?.Dispose();
            throw new LedgerRefusedException($"The ledger folder {options.Folder} cannot be used: {e.Message}", e);
        }
        catch
        {
            taken?.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Log.Dispose();
        Vault.Dispose();
        _lock.Dispose();
    }

    private static void Make(string folder)
    {
        // What lies in it is for this user's eyes.
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private void Report(Opened opened, ILogger log)
    {
        if (opened.Repaired is { } repaired) Said.Repaired(log, repaired);
        var ahead = opened.Clock - Time.GetUtcNow();
        if (ahead > TimeSpan.FromMinutes(1)) Said.ClockAhead(log, ahead);
        Said.Opened(log, Log.Last.Number, Book.Registers.Count);
    }

    private static partial class Said
    {
        [LoggerMessage(EventId = 3001, Level = LogLevel.Information, Message = "The ledger is open after record {Position} with {Registers} registers.")]
        public static partial void Opened(ILogger log, long position, int registers);

        [LoggerMessage(EventId = 3002, Level = LogLevel.Warning, Message = "The ledger was repaired: {What}.")]
        public static partial void Repaired(ILogger log, string what);

        [LoggerMessage(EventId = 3003, Level = LogLevel.Warning,
            Message = "The ledger's last record is {Ahead} ahead of this machine's clock. The store's clock stands still until it is reached, and deadlines that lie before it count as passed.")]
        public static partial void ClockAhead(ILogger log, TimeSpan ahead);
    }
}
