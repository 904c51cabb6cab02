namespace AiAccessProxy.Ledger.Embedded;

/// <summary>
/// Every change to the folder goes through here, so that a test can stand before each step: <paramref name="before"/> is told what is about
/// to happen to which path, and may fail it by throwing.
/// </summary>
internal sealed class Disk(Action<DiskOperation, string>? before = null)
{
    public DiskFile Open(string path, FileMode mode)
    {
        Before(DiskOperation.Open, path);
        // Readers in other processes need no lock and must not be shut out by ours. Nobody else's eyes are meant for it.
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 };
        if (mode != FileMode.Open && !OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new DiskFile(this, path, new FileStream(path, options));
    }

    public void Rename(string from, string to)
    {
        Before(DiskOperation.Rename, to);
        File.Move(from, to, overwrite: true);
    }

    public void Delete(string path)
    {
        Before(DiskOperation.Delete, path);
        File.Delete(path);
    }

    /// <summary>Makes new, renamed and deleted names of the folder durable.</summary>
    public void SyncFolder(string folder)
    {
        Before(DiskOperation.SyncFolder, folder);
        Posix.SyncFolder(folder);
    }

    internal void Before(DiskOperation operation, string path) => before?.Invoke(operation, path);

    /// <summary>True when it failed for want of space (or quota), which waiting or deleting may cure.</summary>
    public static bool IsFull(Exception exception) =>
        // ENOSPC, EDQUOT, ERROR_DISK_FULL, ERROR_HANDLE_DISK_FULL
        exception is IOException { HResult: 28 or 122 or unchecked((int)0x80070070) or unchecked((int)0x80070027) };

    /// <summary>True for what a broken, full or missing disk throws.</summary>
    public static bool IsFailure(Exception exception) => exception is IOException or UnauthorizedAccessException;
}
