namespace AiAccessProxy.Policies.Files;

/// <summary>Reads a file that is expected to be small.</summary>
internal static class BoundedFile
{
    private const int Usual = 64 * 1024;

    /// <summary>Null when the file has more than <paramref name="limit"/> bytes.</summary>
    public static byte[]? Read(string path, int limit)
    {
        // Without looking at the length first: a device or pipe has none, and a file may grow meanwhile.
        using var file = File.OpenRead(path);
        var bytes = new byte[Math.Min(Usual, limit + 1)];
        var read = 0;
        while (true)
        {
            read += file.ReadAtLeast(bytes.AsSpan(read), bytes.Length - read, throwOnEndOfStream: false);
            if (read < bytes.Length) return bytes[..read];
            if (read > limit) return null;
            Array.Resize(ref bytes, (int)Math.Min(2L * bytes.Length, limit + 1L));
        }
    }
}
