using System.Buffers.Binary;

namespace AiAccessProxy.Actions.Bodies;

/// <summary>
/// gzip (RFC 1952) of one member, with the ten bytes of header that HTTP clients write. Members after the first are read by some and ignored
/// by others; names, comments and extra fields carry what nobody shows.
/// </summary>
internal static class GzipCoding
{
    private const int HeaderLength = 10;

    private const int TrailerLength = 8;

    public static Decoding Decode(string coding, ReadOnlyMemory<byte> body, DecodingBounds bounds)
    {
        var bytes = body.Span;
        if (bytes.Length <= HeaderLength + TrailerLength || bytes[0] != 0x1f || bytes[1] != 0x8b || bytes[2] != 8)
            return new Decoding.Failed("the body is no gzip");
        if (bytes[3] != 0) return new Decoding.Failed("the gzip of the body has header fields (a name, a comment …), which clients of APIs leave out");

        var decoding = DeflateData.Decode(coding, body[HeaderLength..^TrailerLength], bounds);
        if (decoding is not Decoding.Decoded decoded) return decoding;
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes[^8..]) == Checksums.Crc32(decoded.Document.Span)
            && BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..]) == (uint)decoded.Document.Length
            ? decoded
            : new Decoding.Failed("the gzip of the body has a wrong checksum or length, or more than one member");
    }
}
