using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>An HTTP/2 upstream with prior knowledge, made of a bare socket: it counts the requests that it reads whole and answers none.</summary>
internal sealed class RawHttp2Upstream : IAsyncDisposable
{
    private const int PrefaceLength = 24;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly Http2Ending _ending;
    private readonly Task _accepting;
    private int _received;

    public RawHttp2Upstream(Http2Ending ending)
    {
        _ending = ending;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Requests that were received to their end.</summary>
    public int Received => Volatile.Read(ref _received);

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        // Stopped only then: whoever is about to accept must find it listening.
        await _accepting;
        _listener.Stop();
        _over.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true) connections.Add(ServeAsync(await _listener.AcceptSocketAsync(_over.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            await stream.ReadExactlyAsync(new byte[PrefaceLength], _over.Token);
            await stream.WriteAsync(Frame(FrameType.Settings, 0, 0, []), _over.Token);
            while (await ReadFrameAsync(stream) is var (type, flags, id))
            {
                if (type == FrameType.Settings && (flags & Flags.Ack) == 0)
                    await stream.WriteAsync(Frame(FrameType.Settings, Flags.Ack, 0, []), _over.Token);
                if (type is not (FrameType.Headers or FrameType.Data) || (flags & Flags.EndStream) == 0) continue;

                Interlocked.Increment(ref _received);
                if (_ending != Http2Ending.Close) await stream.WriteAsync(Ending(id), _over.Token);
                if (_ending != Http2Ending.RefuseStream) return;
            }
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException)
        {
            // The other end went away, or the test is over.
        }
    }

    private byte[] Ending(int stream) => _ending == Http2Ending.RefuseStream
        ? Frame(FrameType.RstStream, 0, stream, [0, 0, 0, 7])
        : Frame(FrameType.GoAway, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    private async Task<(FrameType Type, byte Flags, int Stream)> ReadFrameAsync(Stream stream)
    {
        var head = new byte[9];
        await stream.ReadExactlyAsync(head, _over.Token);
        await stream.ReadExactlyAsync(new byte[(head[0] << 16) | (head[1] << 8) | head[2]], _over.Token);
        return ((FrameType)head[3], head[4], BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)) & int.MaxValue);
    }

    private static byte[] Frame(FrameType type, byte flags, int stream, byte[] payload)
    {
        var frame = new byte[9 + payload.Length];
        (frame[2], frame[3], frame[4]) = ((byte)payload.Length, (byte)type, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, 9);
        return frame;
    }

    private static class Flags
    {
        public const byte Ack = 1;
        public const byte EndStream = 1;
    }

    private enum FrameType : byte
    {
        Data = 0,
        Headers = 1,
        RstStream = 3,
        Settings = 4,
        GoAway = 7,
    }
}
