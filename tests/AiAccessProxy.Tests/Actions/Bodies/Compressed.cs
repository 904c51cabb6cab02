using System.IO.Compression;
using System.Text;

namespace AiAccessProxy.Tests.Actions.Bodies;

/// <summary>Bodies as clients compress them, and as upstreams decompress them that take what they can get.</summary>
internal static class Compressed
{
    public static readonly string[] Codings = ["gzip", "x-gzip", "deflate", "br"];

    public static byte[] As(string coding, byte[] document)
    {
        using var into = new MemoryStream();
        using (var stream = Compressing(coding, into)) stream.Write(document);
        return into.ToArray();
    }

    public static byte[] As(string coding, string document) => As(coding, Encoding.UTF8.GetBytes(document));

    /// <summary>What a forgiving upstream makes of it; null when it gives up. <c>raw</c> is DEFLATE data without any format around it.</summary>
    public static byte[]? Forgivingly(string coding, byte[] body)
    {
        try
        {
            using var from = new MemoryStream(body);
            using Stream stream = coding switch
            {
                "gzip" or "x-gzip" => new GZipStream(from, CompressionMode.Decompress),
                "deflate" => new ZLibStream(from, CompressionMode.Decompress),
                "raw" => new DeflateStream(from, CompressionMode.Decompress),
                _ => new BrotliStream(from, CompressionMode.Decompress),
            };
            using var into = new MemoryStream();
            stream.CopyTo(into);
            return into.ToArray();
        }
        catch (Exception wrong) when (wrong is InvalidDataException or InvalidOperationException or IOException)
        {
            return null;
        }
    }

    private static Stream Compressing(string coding, Stream into) => coding switch
    {
        "gzip" or "x-gzip" => new GZipStream(into, CompressionLevel.Optimal, leaveOpen: true),
        "deflate" => new ZLibStream(into, CompressionLevel.Optimal, leaveOpen: true),
        "raw" => new DeflateStream(into, CompressionLevel.Optimal, leaveOpen: true),
        _ => new BrotliStream(into, CompressionLevel.Optimal, leaveOpen: true),
    };
}
