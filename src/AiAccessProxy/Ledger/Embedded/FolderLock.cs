using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace AiAccessProxy.Ledger.Embedded;

/// <summary>Keeps a second writer out of the folder for as long as this process lives. The file names who has it.</summary>
internal sealed class FolderLock : IDisposable
{
    public const string FileName = "lock";

    private readonly SafeFileHandle _handle;

    private FolderLock(SafeFileHandle handle) => _handle = handle;

    /// <exception cref="LedgerRefusedException">Another process has the folder.</exception>
    public static FolderLock Take(string folder)
    {
        var path = Path.Combine(folder, FileName);
        SafeFileHandle handle;
        try
        {
            var share = OperatingSystem.IsLinux() ? FileShare.ReadWrite | FileShare.Delete : FileShare.Read;
            handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, share);
        }
        catch (IOException busy) when (!OperatingSystem.IsLinux())
        {
            throw InUse(folder, busy);
        }

        try
        {
            if (!Posix.TryLock(handle, path)) throw InUse(folder);
            var holder = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n"));
            try
            {
                RandomAccess.SetLength(handle, 0);
                RandomAccess.Write(handle, holder, 0);
            }
            catch (IOException full) when (Disk.IsFull(full))
            {
                // The lock is what counts; its note of who holds it can wait for space.
            }

            return new(handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (_handle.IsClosed) return;
        Posix.Unlock(_handle);
        _handle.Dispose();
    }

    public static LedgerRefusedException InUse(string folder, Exception? inner = null)
    {
        var path = Path.Combine(folder, FileName);
        string holder;
        try
        {
            using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            holder = reader.ReadToEnd().Trim();
        }
        catch (IOException)
        {
            holder = "";
        }

        var by = holder.Length > 0 ? $"by process {holder}" : "by another process";
        return new($"The ledger folder {folder} is in use {by}. Stop that process, or give this one a folder of its own (--data).", inner);
    }
}
