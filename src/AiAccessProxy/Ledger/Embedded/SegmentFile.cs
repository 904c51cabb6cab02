namespace AiAccessProxy.Ledger.Embedded;

/// <summary>The segment that is being written. Once a write or an fsync of it failed it is retired and never written again.</summary>
internal sealed class SegmentFile(SegmentName name, DiskFile file, long length) : IDisposable
{
    public SegmentName Name => name;

    public DiskFile File => file;

    /// <summary>Up to here it was written whole.</summary>
    public long Length { get; private set; } = length;

    /// <summary>Up to here it is on disk.</summary>
    public long DurableLength { get; private set; } = length;

    public bool IsDurable => DurableLength == Length;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        file.Write(bytes, Length);
        Length += bytes.Length;
    }

    public void Sync()
    {
        file.Sync();
        // Writing to a file that was deleted goes well, and is gone.
        if (!System.IO.File.Exists(name.Path)) throw new IOException($"{name.Path} is gone.");
        DurableLength = Length;
    }

    public void Dispose() => file.Dispose();
}
