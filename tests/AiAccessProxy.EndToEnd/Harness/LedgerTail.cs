using System.Text;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>Watches the bytes of the ledger's segments as they are written, without parsing them: it has to be quicker than the proxy's next step.</summary>
internal sealed class LedgerTail(string folder)
{
    private readonly Dictionary<string, long> _read = Directory.EnumerateFiles(folder, "*.jsonl").ToDictionary(path => path, path => new FileInfo(path).Length);

    /// <summary>Returns as soon as <paramref name="count"/> more records of the kind have been written.</summary>
    public async Task SeenAsync(string kind, int count, CancellationToken enough)
    {
        var mark = Encoding.ASCII.GetBytes($"\"kind\":\"{kind}\"");
        var seen = 0;
        while (!enough.IsCancellationRequested && seen < count)
        {
            foreach (var path in Directory.EnumerateFiles(folder, "*.jsonl")) seen += CountNew(path, mark);
            await Task.Yield();
        }
    }

    private int CountNew(string path, byte[] mark)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var from = _read.GetValueOrDefault(path);
        if (file.Length == from) return 0;
        file.Position = from;
        var added = new byte[file.Length - from];
        file.ReadExactly(added);
        // A line that is not whole is read again next time.
        var whole = added.AsSpan().LastIndexOf((byte)'\n') + 1;
        _read[path] = from + whole;
        return added.AsSpan(0, whole).Count(mark);
    }
}
