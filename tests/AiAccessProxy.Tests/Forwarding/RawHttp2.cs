namespace AiAccessProxy.Tests.Forwarding;

/// <summary>The server's side of HTTP/2 (RFC 9113) on a <see cref="RawConnection"/>, as far as an upstream needs that counts and misbehaves.</summary>
public sealed class RawHttp2(RawConnection connection)
{
    private const byte Data = 0, Headers = 1, ResetStream = 3, Settings = 4, Ping = 6, GoAway = 7;

    private const byte EndStream = 1, Ack = 1, EndHeaders = 4;

    public const uint ProtocolError = 1, InternalError = 2, RefusedStream = 7, EnhanceYourCalm = 11;

    /// <summary>Runs an upstream that does <paramref name="onRequest"/> with the stream of every request that has arrived whole.</summary>
    public static RawUpstream Start(Func<RawHttp2, uint, Task> onRequest) => RawUpstream.Start(connection => new RawHttp2(connection).ServeAsync(onRequest));

    public async Task ServeAsync(Func<RawHttp2, uint, Task> onRequest)
    {
        if (await connection.ReadAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".Length) is null) return;
        await WriteFrameAsync(Settings, 0, 0, []);
        while (await connection.ReadAsync(9) is { } header)
        {
            var length = (header[0] << 16) | (header[1] << 8) | header[2];
            var (type, flags, stream) = (header[3], header[4], (uint)((header[5] << 24) | (header[6] << 16) | (header[7] << 8) | header[8]));
            if (await connection.ReadAsync(length) is not { } payload) return;
            if (type == Headers) connection.CountRequest();
            if (type is Headers or Data && (flags & EndStream) != 0) await onRequest(this, stream);
            if (type == Settings && (flags & Ack) == 0) await WriteFrameAsync(Settings, Ack, 0, []);
            if (type == Ping && (flags & Ack) == 0) await WriteFrameAsync(Ping, Ack, 0, payload);
        }
    }

    /// <summary>Answers 200 with a body.</summary>
    public async Task AnswerAsync(uint stream, byte[] body)
    {
        await WriteFrameAsync(Headers, EndHeaders, stream, [0x88]); // :status 200, from HPACK's static table
        await WriteFrameAsync(Data, EndStream, stream, body);
    }

    public Task ResetAsync(uint stream, uint error) => WriteFrameAsync(ResetStream, 0, stream, BigEndian(error));

    public Task GoAwayAsync(uint lastStream, uint error) => WriteFrameAsync(GoAway, 0, 0, [.. BigEndian(lastStream), .. BigEndian(error)]);

    public void Close() => connection.Dispose();

    private static byte[] BigEndian(uint number) => [(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number];

    private Task WriteFrameAsync(byte type, byte flags, uint stream, byte[] payload) => connection.WriteAsync(
        [(byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length, type, flags, .. BigEndian(stream), .. payload]);
}
