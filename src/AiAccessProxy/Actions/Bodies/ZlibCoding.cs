using System.Buffers.Binary;

namespace AiAccessProxy.Actions.Bodies;

/// <summary>What <c>deflate</c> means in HTTP (RFC 9110, 8.4.1.2): the zlib format (RFC 1950). Some servers expect bare DEFLATE data instead.</summary>
internal static class ZlibCoding
{
    public static Decoding Decode(string coding, ReadOnlyMemory<byte> body, DecodingBounds bounds)
    {
        var bytes = body.Span;
        if (bytes.Length <= 6 || (bytes[0] & 0x0f) != 8 || bytes[0] >> 4 > 7 || (bytes[1] & 0x20) != 0
            || BinaryPrimitives.ReadUInt16BigEndian(bytes) % 31 != 0)
            return new Decoding.Failed("the body is no deflate in the zlib format");

        // As bare data the header begins a stored block, whose length and its complement would have to follow.
        if ((BinaryPrimitives.ReadUInt16LittleEndian(bytes[1..]) ^ BinaryPrimitives.ReadUInt16LittleEndian(bytes[3..])) == 0xffff)
            return new Decoding.Failed("the body can be read as deflate with and without the zlib format");

        var decoding = DeflateData.Decode(coding, body[2..^4], bounds);
        if (decoding is not Decoding.Decoded decoded) return decoding;
        return BinaryPrimitives.ReadUInt32BigEndian(bytes[^4..]) == Checksums.Adler32(decoded.Document.Span)
            ? decoded
            : new Decoding.Failed("the deflate of the body has a wrong checksum");
    }
}
