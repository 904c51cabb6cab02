namespace AiAccessProxy.Policies.Files;

/// <summary>Reads a file that is expected to be small.</summary>
internal static class BoundedFile
{
    /// <summary>Null when the file has more than <paramref name="limit"/> bytes.</summary>
    public static byte[]? Read(string path, int limit)
    {
        // Without looking at the length first: a device or pipe has none, and a file may grow meanwhile.
        using var file = File.OpenRead(path);
        var bytes = new byte[limit + 1];
        var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return read > limit ? null : bytes[..read];
    }
}
