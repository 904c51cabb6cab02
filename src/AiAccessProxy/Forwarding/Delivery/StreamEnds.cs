using System.Buffers.Binary;

namespace AiAccessProxy.Forwarding.Delivery;

/// <summary>Finds the ends of streams in one direction of an HTTP/2 connection (RFC 9113, 4.1), in pieces of any size.</summary>
/// <param name="preface">Bytes before the first frame: 24 from a client, none from a server.</param>
internal sealed class StreamEnds(int preface)
{
    public const int ClientPreface = 24;

    private const int HeadLength = 9;
    private const byte Data = 0;
    private const byte Headers = 1;
    private const byte RstStream = 3;
    private const byte EndStream = 1;

    private readonly byte[] _head = new byte[HeadLength];
    private int _headRead;
    private int _skip = preface;

    /// <summary>Adds to <paramref name="ends"/> each end whose frame is complete with these bytes.</summary>
    public void Read(ReadOnlySpan<byte> bytes, List<StreamEnd> ends)
    {
        while (true)
        {
            var skipped = Math.Min(_skip, bytes.Length);
            bytes = bytes[skipped..];
            _skip -= skipped;
            if (_skip > 0) return;
            if (_headRead == HeadLength) EndFrame(ends);
            if (bytes.IsEmpty) return;

            var head = Math.Min(HeadLength - _headRead, bytes.Length);
            bytes[..head].CopyTo(_head.AsSpan(_headRead));
            bytes = bytes[head..];
            _headRead += head;
            if (_headRead < HeadLength) return;
            _skip = (_head[0] << 16) | (_head[1] << 8) | _head[2];
        }
    }

    private void EndFrame(List<StreamEnd> ends)
    {
        _headRead = 0;
        var stream = BinaryPrimitives.ReadInt32BigEndian(_head.AsSpan(5)) & int.MaxValue;
        if (_head[3] == RstStream) ends.Add(new(stream, IsWhole: false));
        else if (_head[3] is Data or Headers && (_head[4] & EndStream) != 0) ends.Add(new(stream, IsWhole: true));
    }
}
