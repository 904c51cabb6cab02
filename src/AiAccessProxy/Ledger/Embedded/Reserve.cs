namespace AiAccessProxy.Ledger.Embedded;

/// <summary>
/// Space that is kept occupied until a ticket's edge needs it on a full disk. While it is given up, everything but ticket edges is refused,
/// or junk would eat it.
/// </summary>
internal sealed class Reserve(Disk disk, string folder, long bytes)
{
    public const string FileName = "reserve";
    private static readonly byte[] Block = new byte[256 * 1024];

    private readonly string _path = Path.Combine(folder, FileName);

    public bool IsGivenUp { get; private set; }

    public long Bytes => bytes;

    /// <returns>False when there was nothing left to give.</returns>
    public bool TryGiveUp()
    {
        if (bytes == 0 || IsGivenUp) return false;
        disk.Delete(_path);
        disk.SyncFolder(folder);
        return IsGivenUp = true;
    }

    /// <returns>False when there is not space enough.</returns>
    public bool TryBuild()
    {
        try
        {
            if (bytes > 0) Build();
            IsGivenUp = false;
            return true;
        }
        catch (Exception e) when (Disk.IsFailure(e))
        {
            IsGivenUp = true;
            TryDelete();
            return false;
        }
    }

    private void Build()
    {
        using var file = disk.Open(_path, FileMode.OpenOrCreate);
        var length = file.Length;
        if (length > bytes) file.Truncate(bytes);
        if (length < bytes && new DriveInfo(folder).AvailableFreeSpace < bytes - length) throw new IOException("There is no space for it yet.");
        // Written out: a length without blocks behind it keeps nothing free.
        while (length < bytes)
        {
            var count = (int)Math.Min(Block.Length, bytes - length);
            file.Write(Block.AsSpan(0, count), length);
            length += count;
        }

        file.Sync();
    }

    private void TryDelete()
    {
        try
        {
            disk.Delete(_path);
        }
        catch (Exception e) when (Disk.IsFailure(e))
        {
            // What was built of it stays and is completed the next time.
        }
    }
}
