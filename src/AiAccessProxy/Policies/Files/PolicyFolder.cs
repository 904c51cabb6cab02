using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AiAccessProxy.Policies.Files;

/// <summary>The policy files of a folder as they were at one moment.</summary>
internal sealed record PolicyFolder(IReadOnlyList<(string Name, byte[] Bytes)> Files)
{
    public const string Agents = "agents.yaml";
    public const string People = "people.yaml";
    public const string Global = "global.yaml";

    private const int LongestFile = 8 * 1024 * 1024;
    private const int MostFiles = 500;

    /// <summary>SHA-256 over names and bytes.</summary>
    public string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var part in Files.SelectMany(file => new[] { Encoding.UTF8.GetBytes(file.Name), file.Bytes }))
        {
            BinaryPrimitives.WriteInt32BigEndian(length, part.Length);
            hash.AppendData(length);
            hash.AppendData(part);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>
    /// Reads until two readings are the same: a folder that is swapped meanwhile (as Kubernetes does) would otherwise be read half old,
    /// half new, and could say what nobody ever wrote.
    /// </summary>
    public static PolicyFolder ReadSettled(string folder, List<PolicyProblem> problems)
    {
        const int Tries = 5;
        var last = Read(folder, problems);
        for (var tries = 1; tries < Tries && problems.Count == 0; tries++)
        {
            var next = Read(folder, problems);
            if (next.Hash() == last.Hash()) return next;
            last = next;
        }

        if (problems.Count == 0) problems.Add(new(folder, 0, null, "", "the folder changes while it is read", "wait until it is written, and try again"));
        return last;
    }

    /// <summary>Reads <c>*.yaml</c> and <c>*.yml</c> of the folder itself. Hidden files are left out: editors and Kubernetes keep theirs there.</summary>
    public static PolicyFolder Read(string folder, List<PolicyProblem> problems)
    {
        var files = new List<(string, byte[])>();
        try
        {
            var paths = Directory.EnumerateFiles(folder).Where(IsPolicy).Order(StringComparer.Ordinal).Take(MostFiles + 1).ToList();
            if (paths.Count > MostFiles) Report(folder, $"the folder holds more than {MostFiles} policy files", "join routes or split the folder");
            foreach (var path in paths.Take(MostFiles)) ReadFile(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            Report(folder, "the folder cannot be read", "see that it exists and may be read by this process, or name another with --policies");
        }

        return new(files);

        void ReadFile(string path)
        {
            var name = Path.GetFileName(path);
            try
            {
                if (BoundedFile.Read(path, LongestFile) is { } bytes) files.Add((name, bytes));
                else Report(name, "the file has more than 8 MiB", "split it: one file a route");
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                Report(name, "the file cannot be read", "see that it may be read by this process");
            }
        }

        void Report(string file, string message, string remedy) => problems.Add(new(file, 0, null, "", message, remedy));
    }

    private static bool IsPolicy(string path) =>
        !Path.GetFileName(path).StartsWith('.')
        && Path.GetExtension(path) is var extension
        && (extension.Equals(".yaml", StringComparison.OrdinalIgnoreCase) || extension.Equals(".yml", StringComparison.OrdinalIgnoreCase));
}
