using Microsoft.Win32.SafeHandles;

namespace AiAccessProxy.Ledger.Embedded;

/// <summary>An open file whose writes go where they are told; nothing is durable before <see cref="Sync"/>.</summary>
internal sealed class DiskFile(Disk disk, string path, FileStream stream) : IDisposable
{
    private readonly SafeFileHandle _handle = stream.SafeFileHandle;

    public string Path => path;

    public SafeFileHandle Handle => _handle;

    public long Length => RandomAccess.GetLength(_handle);

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        disk.Before(DiskOperation.Write, path);
        RandomAccess.Write(_handle, bytes, offset);
    }

    public void Sync()
    {
        disk.Before(DiskOperation.Sync, path);
        Posix.Sync(_handle, path);
    }

    public void Truncate(long length)
    {
        disk.Before(DiskOperation.Truncate, path);
        RandomAccess.SetLength(_handle, length);
    }

    public byte[] ReadAll()
    {
        var bytes = new byte[Length];
        var read = 0;
        while (read < bytes.Length && RandomAccess.Read(_handle, bytes.AsSpan(read), read) is > 0 and var count) read += count;
        return bytes.AsSpan(0, read).ToArray();
    }

    public void Dispose() => stream.Dispose();
}
