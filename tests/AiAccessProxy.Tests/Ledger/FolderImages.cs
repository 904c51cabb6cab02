using AiAccessProxy.Ledger.Embedded;

namespace AiAccessProxy.Tests.Ledger;

/// <summary>
/// Follows what of a folder is on disk for certain, and makes copies of it as a crash could leave it: between what was synced and what was
/// written there is every mixture.
/// </summary>
internal sealed class FolderImages(string folder)
{
    private readonly Dictionary<string, byte[]> _synced = [];
    private HashSet<string> _names = [];
    private (DiskOperation Operation, string Path)? _running;

    /// <summary>To be called before each step; the one before has come to its end then.</summary>
    public void Before(DiskOperation operation, string path)
    {
        if (_running is { Operation: DiskOperation.Sync } synced && File.Exists(synced.Path)) _synced[Path.GetFileName(synced.Path)] = Read(synced.Path);
        if (_running is { Operation: DiskOperation.SyncFolder }) _names = [.. Files().Select(file => Path.GetFileName(file)!)];
        if (_running is { Operation: DiskOperation.Rename } renamed && _synced.Remove(Path.GetFileName(renamed.Path) + ".tmp", out var bytes))
            _synced[Path.GetFileName(renamed.Path)] = bytes;
        _running = (operation, path);
    }

    /// <summary>The process was killed: what was written is there.</summary>
    public string Killed() => Make(Files().ToDictionary(file => Path.GetFileName(file)!, Read));

    /// <summary>The power failed, in all ways that are tried.</summary>
    public IEnumerable<(string How, string Folder)> PowerLost()
    {
        var durable = _names.ToDictionary(name => name, name => _synced.GetValueOrDefault(name, []));
        var current = Files().ToDictionary(file => Path.GetFileName(file)!, Read);
        yield return ("only what was synced", Make(durable));
        yield return ("half of what was not synced", Make(Mixed((old, now) => [.. old, .. now[old.Length..(old.Length + ((now.Length - old.Length) / 2))]])));
        yield return ("the second half without the first", Make(Mixed((old, now) => Holed(old, now))));
        if (!durable.TryGetValue(Vault.FileName, out var vault)) yield break;
        yield return ("everything but the vault", Make(new(current) { [Vault.FileName] = vault }));
        yield return ("the vault and nothing else", Make(new(durable) { [Vault.FileName] = current[Vault.FileName] }));

        Dictionary<string, byte[]> Mixed(Func<byte[], byte[], byte[]> mix) => durable.ToDictionary(
            file => file.Key,
            file => file.Key.EndsWith(SegmentName.Extension, StringComparison.Ordinal)
                && current.TryGetValue(file.Key, out var now) && now.Length > file.Value.Length
                ? mix(file.Value, now)
                : file.Value);
    }

    public static string Copy(string folder)
    {
        var copy = Some.LedgerFolder();
        Directory.CreateDirectory(copy);
        foreach (var file in Directory.EnumerateFiles(folder)) File.WriteAllBytes(Path.Combine(copy, Path.GetFileName(file)), Read(file));
        return copy;
    }

    /// <summary>Reads a file that is open elsewhere.</summary>
    public static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static byte[] Holed(byte[] old, byte[] now)
    {
        var holed = now.ToArray();
        holed.AsSpan(old.Length, (now.Length - old.Length) / 2).Clear();
        return holed;
    }

    private IEnumerable<string> Files() => Directory.EnumerateFiles(folder);

    private static string Make(Dictionary<string, byte[]> files)
    {
        var copy = Some.LedgerFolder();
        Directory.CreateDirectory(copy);
        foreach (var (name, bytes) in files) File.WriteAllBytes(Path.Combine(copy, name), bytes);
        return copy;
    }
}
