using System.Buffers;
using System.IO.Compression;

namespace AiAccessProxy.Actions.Bodies;

/// <summary>
/// One stream of DEFLATE data (RFC 1951) that has to end with the last byte of <paramref name="data"/>, neither before nor after. The
/// library's stream does not tell where it ended, so its last byte is handed out alone: a stream that is whole asks for it and for no more.
/// </summary>
internal sealed class DeflateData(ReadOnlyMemory<byte> data, DecodingBounds bounds) : Stream
{
    private const int Piece = 8192;

    private int _at;
    private bool _askedForMore;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public static Decoding Decode(string coding, ReadOnlyMemory<byte> data, DecodingBounds bounds)
    {
        using var source = new DeflateData(data, bounds);
        return source.Inflate(coding);
    }

    public override int Read(Span<byte> buffer)
    {
        if (_at == data.Length || bounds.IsOver)
        {
            _askedForMore = true;
            return 0;
        }

        var length = Math.Min(Math.Min(buffer.Length, Piece), _at == data.Length - 1 ? 1 : data.Length - 1 - _at);
        data.Span.Slice(_at, length).CopyTo(buffer);
        _at += length;
        return length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private Decoding Inflate(string coding)
    {
        using var inflating = new DeflateStream(this, CompressionMode.Decompress, leaveOpen: true);
        var document = new ArrayBufferWriter<byte>(Piece);
        try
        {
            while (true)
            {
                var read = inflating.Read(document.GetSpan(Piece));
                if (read == 0) break;
                document.Advance(read);
                if (bounds.IsOverBy(document.WrittenCount)) return new Decoding.TooLarge();
                if (bounds.IsOver) return new Decoding.Failed(DecodingBounds.TookTooLong);
            }
        }
        catch (InvalidDataException)
        {
            return new Decoding.Failed($"the body is no {coding}");
        }

        if (bounds.IsOver) return new Decoding.Failed(DecodingBounds.TookTooLong);
        if (_askedForMore) return new Decoding.Failed($"the body breaks off inside its {coding}");
        return _at == data.Length
            ? new Decoding.Decoded(coding, document.WrittenSpan.ToArray())
            : new Decoding.Failed($"something follows the {coding} in the body, which readers take differently");
    }
}
