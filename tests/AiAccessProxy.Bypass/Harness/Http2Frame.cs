using System.Buffers.Binary;

namespace AiAccessProxy.Bypass.Harness;

/// <summary>One frame of HTTP/2 (RFC 9113, 4.1), well formed or not.</summary>
internal sealed record Http2Frame(byte Type, byte Flags, int Stream, byte[] Payload)
{
    public const byte Data = 0, Headers = 1, Priority = 2, ResetStream = 3, Settings = 4, PushPromise = 5, Ping = 6, GoAway = 7, WindowUpdate = 8, Continuation = 9;

    public const byte Ack = 1, EndStream = 1, EndHeaders = 4, Padded = 8, HasPriority = 0x20;

    private const int HeadLength = 9;

    /// <summary>The length that its head claims, where that is not true.</summary>
    public int? Claimed { get; init; }

    public byte[] Bytes
    {
        get
        {
            var frame = new byte[HeadLength + Payload.Length];
            BinaryPrimitives.WriteInt32BigEndian(frame, (Claimed ?? Payload.Length) << 8);
            (frame[3], frame[4]) = (Type, Flags);
            BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), Stream);
            Payload.CopyTo(frame, HeadLength);
            return frame;
        }
    }

    public bool Has(byte flag) => (Flags & flag) != 0;

    public static async Task<Http2Frame> ReadAsync(Stream stream, CancellationToken enough)
    {
        var head = new byte[HeadLength];
        await stream.ReadExactlyAsync(head, enough);
        var payload = new byte[(head[0] << 16) | (head[1] << 8) | head[2]];
        await stream.ReadExactlyAsync(payload, enough);
        return new(head[3], head[4], BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)) & int.MaxValue, payload);
    }
}
