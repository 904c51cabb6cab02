using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace AiAccessProxy.Bypass.Harness;

/// <summary>HTTP/2 over TLS (RFC 9113) without any library: any fields in any order, any frames, one call after the other.</summary>
internal sealed class Http2Adversary : IAdversary
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TcpClient _client;
    private readonly Stream _stream;
    private int _next = 1;

    private Http2Adversary(TcpClient client, Stream stream) => (_client, _stream) = (client, stream);

    public bool IsOpen { get; private set; } = true;

    public static async Task<Http2Adversary> ConnectAsync(Uri plane)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(plane.Host, plane.Port);
        var adversary = new Http2Adversary(client, await Tls.OverAsync(client, plane, SslApplicationProtocol.Http2));
        // No dynamic table for answers, no push, and a window for all the answers of a test.
        byte[] settings = [0, 1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0];
        byte[] window = [0x3F, 0xFF, 0, 0];
        await adversary._stream.WriteAsync((byte[])
        [
            .. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. new Http2Frame(Http2Frame.Settings, 0, 0, settings).Bytes,
            .. new Http2Frame(Http2Frame.WindowUpdate, 0, 0, window).Bytes,
        ]);
        return adversary;
    }

    public Task<Answer?> CallAsync(Spelling call, Key agent, string number) => CallAsync(call.OverHttp2(agent, number), call.Body);

    /// <summary>A call of exactly these fields, pseudo-header fields and their order included.</summary>
    public Task<Answer?> CallAsync(
        IReadOnlyList<(string Name, string Value)> fields, byte[]? body = null, IReadOnlyList<(string Name, string Value)>? trailers = null)
    {
        var stream = NextStream();
        var isAll = body is null && trailers is null;
        List<Http2Frame> frames = [new(Http2Frame.Headers, End(Http2Frame.EndHeaders, isAll), stream, HeaderBlock.Write(fields))];
        if (body is not null) frames.Add(new(Http2Frame.Data, End(0, trailers is null), stream, body));
        if (trailers is not null) frames.Add(new(Http2Frame.Headers, End(Http2Frame.EndHeaders, true), stream, HeaderBlock.Write(trailers)));
        return CallAsync(stream, frames);
    }

    /// <summary>The number of a stream that was not used yet.</summary>
    public int NextStream() => (_next += 2) - 2;

    /// <summary>Sends these frames and waits for what becomes of the stream.</summary>
    public async Task<Answer?> CallAsync(int stream, IEnumerable<Http2Frame> frames)
    {
        using var enough = new CancellationTokenSource(Patience, TimeProvider.System);
        try
        {
            await _stream.WriteAsync(frames.SelectMany(frame => frame.Bytes).ToArray(), enough.Token);
            return await AnswerAsync(stream, enough.Token);
        }
        catch (IOException)
        {
            IsOpen = false;
            return null;
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested)
        {
            throw new TimeoutException($"No answer within {Patience} on stream {stream}: {string.Join(", ", frames.Select(frame => $"type {frame.Type}, flags {frame.Flags}, {frame.Payload.Length} bytes: {Encoding.Latin1.GetString(frame.Payload)}"))}");
        }
    }

    /// <summary>Puts any bytes on the wire; whether the server still takes them shows in its frames.</summary>
    public async Task SendAsync(byte[] bytes)
    {
        try
        {
            await _stream.WriteAsync(bytes);
        }
        catch (IOException)
        {
            // Closed before all of it was sent.
        }
    }

    /// <summary>The next frame from the server, acknowledged where it has to be; null when the connection is over.</summary>
    public async Task<Http2Frame?> FrameAsync(CancellationToken enough)
    {
        try
        {
            return await NextAsync(enough);
        }
        catch (IOException)
        {
            IsOpen = false;
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _client.Dispose();
    }

    private static byte End(byte flags, bool isEnd) => (byte)(isEnd ? flags | Http2Frame.EndStream : flags);

    private async Task<Answer?> AnswerAsync(int stream, CancellationToken enough)
    {
        var (block, body) = (new List<byte>(), new List<byte>());
        while (true)
        {
            var frame = await NextAsync(enough);
            if (frame.Stream != stream) continue;

            if (frame.Type == Http2Frame.ResetStream) return null;
            if (frame.Type is Http2Frame.Headers or Http2Frame.Continuation) block.AddRange(frame.Payload);
            if (frame.Type == Http2Frame.Data) body.AddRange(frame.Payload);
            if (frame.Type is Http2Frame.Headers or Http2Frame.Data && frame.Has(Http2Frame.EndStream)) return Answered([.. block], [.. body]);
        }
    }

    private async Task<Http2Frame> NextAsync(CancellationToken enough)
    {
        var frame = await Http2Frame.ReadAsync(_stream, enough);
        if (frame.Type == Http2Frame.Settings && !frame.Has(Http2Frame.Ack))
            await _stream.WriteAsync(new Http2Frame(Http2Frame.Settings, Http2Frame.Ack, 0, []).Bytes, enough);
        if (frame.Type == Http2Frame.Ping && !frame.Has(Http2Frame.Ack))
            await _stream.WriteAsync(new Http2Frame(Http2Frame.Ping, Http2Frame.Ack, 0, frame.Payload).Bytes, enough);
        if (frame.Type == Http2Frame.GoAway) IsOpen = false;
        return frame;
    }

    private static Answer Answered(byte[] block, byte[] body)
    {
        var fields = HeaderBlock.Read(block).ToLookup(field => field.Name, field => field.Value, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(field => field.Key, field => string.Join(", ", field), StringComparer.OrdinalIgnoreCase);
        return new(
            int.Parse(fields[":status"], CultureInfo.InvariantCulture), Encoding.UTF8.GetString(body), fields, TimeProvider.System.GetTimestamp());
    }
}
