using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AiAccessProxy.Ledger.Embedded;

/// <summary>
/// What .NET does not offer or softens. Its own flush takes EROFS for success, which is what ext4 answers once it has given up after an I/O
/// error: a record would count as safe and be gone. It cannot sync a folder at all, and an environment variable turns its file locks off.
/// </summary>
internal static class Posix
{
    private const int ReadOnlyFolder = 0x10000 | 0x80000; // O_RDONLY | O_DIRECTORY | O_CLOEXEC
    private const int ReadOnlyFolderArm = 0x4000 | 0x80000;
    private const int SetOpenFileLock = 37; // F_OFD_SETLK
    private const short WriteLock = 1; // F_WRLCK
    private const short NoLock = 2; // F_UNLCK
    private const int Again = 11;
    private const int Denied = 13;
    private const int Interrupted = 4;

    public static void Sync(SafeFileHandle file, string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(file);
            return;
        }

        int result;
        while ((result = fsync(file)) != 0 && Marshal.GetLastPInvokeError() == Interrupted)
        {
        }

        if (result != 0) throw Failure("fsync", path);
    }

    public static void SyncFolder(string folder)
    {
        if (!OperatingSystem.IsLinux()) return;
        var flags = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? ReadOnlyFolderArm : ReadOnlyFolder;
        var descriptor = open(folder, flags);
        if (descriptor < 0) throw Failure("open", folder);
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        Sync(handle, folder);
    }

    /// <summary>
    /// Locks the whole file for this open file description: a second one is kept out, in this process as in any other, and the lock goes with the
    /// process. It does not meet the locks that .NET takes, so readers can open the file.
    /// </summary>
    /// <returns>False when another holds it.</returns>
    public static bool TryLock(SafeFileHandle file, string path)
    {
        if (!OperatingSystem.IsLinux()) return true; // there the share mode does it
        var wanted = new RecordLock { Type = WriteLock };
        if (fcntl(file, SetOpenFileLock, ref wanted) == 0) return true;
        return Marshal.GetLastPInvokeError() is Again or Denied ? false : throw Failure("fcntl", path);
    }

    /// <summary>
    /// Gives the lock up at once. Closing the file is not enough: a process that is just being started has a copy of every descriptor.
    /// </summary>
    public static void Unlock(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux()) return;
        var wanted = new RecordLock { Type = NoLock };
        _ = fcntl(file, SetOpenFileLock, ref wanted);
    }

    private static IOException Failure(string call, string path)
    {
        var error = Marshal.GetLastPInvokeError();
        return new($"{call} {path}: {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

#pragma warning disable SYSLIB1054, CA5392 // LibraryImport needs unsafe code; libc is found by its plain name
    [DllImport("libc", SetLastError = true)]
    private static extern int fsync(SafeFileHandle file);

    [DllImport("libc", SetLastError = true)]
    private static extern int fcntl(SafeFileHandle file, int command, ref RecordLock wanted);

    [DllImport("libc", SetLastError = true)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
#pragma warning restore SYSLIB1054, CA5392

    /// <summary><c>struct flock</c>; all zero but its type, it means the whole file.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 32)]
    private struct RecordLock
    {
        [FieldOffset(0)]
        public short Type;
    }
}
