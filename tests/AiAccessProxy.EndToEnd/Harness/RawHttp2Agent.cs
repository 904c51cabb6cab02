using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>An agent on one HTTP/2 connection over TLS, frame by frame: it decides what it reads, what it grants and how it leaves.</summary>
internal sealed class RawHttp2Agent : IAsyncDisposable
{
    public const byte Data = 0, Headers = 1, RstStream = 3, Settings = 4, Ping = 6, GoAway = 7, WindowUpdate = 8;
    public const byte EndStream = 1, Ack = 1, EndHeaders = 4;

    private const int InitialWindowSize = 4;

    private readonly TcpClient _client;
    private readonly SslStream _stream;

    private RawHttp2Agent(TcpClient client, SslStream stream) => (_client, _stream) = (client, stream);

    /// <param name="window">Bytes of each answer that it takes before it grants more.</param>
    /// <param name="receiveBuffer">What the kernel keeps for it while it does not read; null for the kernel's own choice.</param>
    public static async Task<RawHttp2Agent> ConnectAsync(Uri plane, PlaneTls tls, uint window = 65535, int? receiveBuffer = null)
    {
        var client = new TcpClient();
        if (receiveBuffer is { } size) client.ReceiveBufferSize = size;
        await client.ConnectAsync(plane.Host, plane.Port);
        var stream = new SslStream(client.GetStream());
        var options = tls.Trusting();
        options.ApplicationProtocols = [SslApplicationProtocol.Http2];
        await stream.AuthenticateAsClientAsync(options);
        Assert.Equal(SslApplicationProtocol.Http2, stream.NegotiatedApplicationProtocol);

        var agent = new RawHttp2Agent(client, stream);
        var setting = new byte[6];
        BinaryPrimitives.WriteUInt16BigEndian(setting, InitialWindowSize);
        BinaryPrimitives.WriteUInt32BigEndian(setting.AsSpan(2), window);
        await stream.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray());
        await agent.SendAsync(Settings, 0, 0, setting);
        // The connection itself is not to be what stops an answer.
        await agent.SendAsync(WindowUpdate, 0, 0, [0x7f, 0x00, 0x00, 0x00]);
        return agent;
    }

    public async Task SendAsync(byte type, byte flags, int stream, byte[] payload)
    {
        var frame = new byte[9 + payload.Length];
        (frame[0], frame[1], frame[2]) = ((byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length);
        (frame[3], frame[4]) = (type, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, 9);
        await _stream.WriteAsync(frame);
    }

    public Task RequestAsync(int stream, string method, string target, Key key, byte flags = EndStream | EndHeaders) =>
        SendAsync(Headers, flags, stream, [
            .. Field(":method", method), .. Field(":scheme", "https"), .. Field(":authority", "127.0.0.1"), .. Field(":path", target),
            .. Field("aiaccess-token", key.Text),
        ]);

    /// <summary>The next frame; null when the connection has ended.</summary>
    public async Task<(byte Type, byte Flags, int Stream, byte[] Payload)?> ReadAsync()
    {
        var head = new byte[9];
        try
        {
            await _stream.ReadExactlyAsync(head);
            var payload = new byte[(head[0] << 16) | (head[1] << 8) | head[2]];
            await _stream.ReadExactlyAsync(payload);
            return (head[3], head[4], BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)) & int.MaxValue, payload);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Reads on until such a frame comes for that stream.</summary>
    public async Task<byte[]> UntilAsync(byte type, int stream)
    {
        while (await ReadAsync() is { } frame)
            if (frame.Type == type && frame.Stream == stream) return frame.Payload;
        throw new IOException($"The connection ended before a frame of type {type} came for stream {stream}.");
    }

    /// <summary>Gone without a goodbye: the other side gets a reset.</summary>
    public void Break()
    {
        _client.Client.LingerState = new(true, 0);
        _client.Close();
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _client.Dispose();
    }

    // RFC 7541, 6.2.2: literal without indexing, new name, no Huffman.
    private static byte[] Field(string name, string value) =>
        [0, (byte)name.Length, .. Encoding.ASCII.GetBytes(name), (byte)value.Length, .. Encoding.ASCII.GetBytes(value)];
}
