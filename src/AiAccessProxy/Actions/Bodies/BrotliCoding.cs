using System.Buffers;
using System.IO.Compression;

namespace AiAccessProxy.Actions.Bodies;

/// <summary>Brotli (RFC 7932), one stream. It has neither a mark at its start nor a checksum at its end.</summary>
internal static class BrotliCoding
{
    private const int Piece = 8192;

    public static Decoding Decode(string coding, ReadOnlyMemory<byte> body, DecodingBounds bounds)
    {
        if (ForgivingJson.BeginsWithObjectOrArray(body.Span))
            return new Decoding.Failed("the body can be read as JSON without being decompressed");

        using var decoder = new BrotliDecoder();
        var document = new ArrayBufferWriter<byte>(Piece);
        for (var at = 0; ;)
        {
            var piece = body.Span.Slice(at, Math.Min(Piece, body.Length - at));
            var status = decoder.Decompress(piece, document.GetSpan(Piece), out var consumed, out var written);
            at += consumed;
            document.Advance(written);
            if (bounds.IsOverBy(document.WrittenCount)) return new Decoding.TooLarge();
            if (bounds.IsOver) return new Decoding.Failed(DecodingBounds.TookTooLong);
            switch (status)
            {
                case OperationStatus.Done:
                    return at == body.Length
                        ? new Decoding.Decoded(coding, document.WrittenSpan.ToArray())
                        : new Decoding.Failed("something follows the br in the body, which readers take differently");
                case OperationStatus.InvalidData:
                    return new Decoding.Failed("the body is no br");
                case OperationStatus.NeedMoreData when at == body.Length:
                    return new Decoding.Failed("the body breaks off inside its br");
            }
        }
    }
}
