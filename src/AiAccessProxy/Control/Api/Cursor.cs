using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace AiAccessProxy.Control.Api;

/// <summary>
/// Where a page ended, as text that only the next request of the same kind understands: a place in the order, never a number of rows, so that
/// what comes or goes meanwhile moves nothing.
/// </summary>
internal static class Cursor
{
    private const int Mark = 6;

    /// <param name="place">Where it ended.</param>
    /// <param name="query">Everything that was asked but for how many.</param>
    public static string Of(string place, string query) => Base64Url.EncodeToString([.. MarkOf(query), .. Encoding.UTF8.GetBytes(place)]);

    /// <summary>The place; null when the text is no cursor of this query.</summary>
    public static string? Read(string text, string query)
    {
        Span<byte> bytes = stackalloc byte[512];
        return text.Length <= 512 && Base64Url.IsValid(text) && Base64Url.TryDecodeFromChars(text, bytes, out var length)
            && length > Mark && bytes[..Mark].SequenceEqual(MarkOf(query))
            ? Encoding.UTF8.GetString(bytes[Mark..length])
            : null;
    }

    /// <summary>What was asked, but for how many and from where.</summary>
    public static string QueryOf(HttpRequest request)
    {
        var asked = request.Query
            .Where(one => one.Key is not ("cursor" or "limit"))
            .OrderBy(one => one.Key, StringComparer.Ordinal)
            .SelectMany(one => one.Value.Order(StringComparer.Ordinal).Select(value => $"{one.Key}={Uri.EscapeDataString(value ?? "")}"));
        return $"{request.Path}?{string.Join('&', asked)}";
    }

    private static byte[] MarkOf(string query) => SHA256.HashData(Encoding.UTF8.GetBytes(query))[..Mark];
}
