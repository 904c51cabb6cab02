using Microsoft.Net.Http.Headers;

namespace AiAccessProxy.Actions.Bodies;

/// <summary>
/// Undoes <c>Content-Encoding</c> (RFC 9110, 8.4) as long as every upstream that undoes it gets the same: one coding, one stream, whole,
/// with nothing behind it. Bounded in bytes by what may be read, and in time.
/// </summary>
internal static class ContentCodings
{
    /// <summary>A document of 64 MiB takes less than a second; streams made of nothing but block headers take longer.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    public static Decoding Decode(ActionHead head, ReadOnlyMemory<byte> body, long limit) => Decode(head, body, limit, Longest);

    public static Decoding Decode(ActionHead head, ReadOnlyMemory<byte> body, long limit, TimeSpan longest)
    {
        var fields = head.Headers.Where(field => field.Name.Equals(HeaderNames.ContentEncoding, StringComparison.OrdinalIgnoreCase)).ToList();
        if (fields.Count == 0) return new Decoding.Plain();
        if (fields.Count > 1) return new Decoding.Failed("the body has more than one Content-Encoding");

        var coding = fields[0].Value.Trim(' ', '\t').ToLowerInvariant();
        if (coding == "identity") return new Decoding.Plain();
        var bounds = new DecodingBounds(limit, longest);
        return coding switch
        {
            "gzip" or "x-gzip" => GzipCoding.Decode(coding, body, bounds),
            "deflate" => ZlibCoding.Decode(coding, body, bounds),
            "br" => BrotliCoding.Decode(coding, body, bounds),
            _ when coding.Contains(',', StringComparison.Ordinal) => new Decoding.Failed("the body has more than one Content-Encoding"),
            _ => new Decoding.Failed("the Content-Encoding is none of gzip, deflate and br"),
        };
    }
}
