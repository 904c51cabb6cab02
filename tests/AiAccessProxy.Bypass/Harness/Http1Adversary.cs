using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace AiAccessProxy.Bypass.Harness;

/// <summary>HTTP/1.1 from a bare socket, or over TLS: whatever bytes, in whatever pieces, as many requests as wanted on one connection.</summary>
internal sealed class Http1Adversary : IAdversary
{
    /// <summary>Ends a test that waits for what never comes; it measures nothing.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TcpClient _client;
    private readonly Stream _stream;
    private readonly RawReader _reader;

    private Http1Adversary(TcpClient client, Stream stream) => (_client, _stream, _reader) = (client, stream, new(stream));

    public bool IsOpen { get; private set; } = true;

    public static async Task<Http1Adversary> ConnectAsync(Uri plane)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(plane.Host, plane.Port);
        return new(client, await Tls.OverAsync(client, plane, SslApplicationProtocol.Http11));
    }

    /// <summary>One piece after the other; each is on its way before the next is handed over.</summary>
    public async Task SendAsync(params ReadOnlyMemory<byte>[] pieces)
    {
        foreach (var piece in pieces)
        {
            await _stream.WriteAsync(piece);
            await _stream.FlushAsync();
        }
    }

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Nothing more will come from this side.</summary>
    public void Finish() => _client.Client.Shutdown(SocketShutdown.Send);

    /// <summary>The next answer on the connection, its body whole; null when it was closed instead.</summary>
    public async Task<Answer?> AnswerAsync(string method)
    {
        using var enough = new CancellationTokenSource(Patience, TimeProvider.System);
        try
        {
            if (await _reader.HeadAsync(enough.Token) is { } head) return await AnswerAsync(method, head, enough.Token);
        }
        catch (IOException)
        {
            // Reset instead of closed.
        }

        IsOpen = false;
        return null;
    }

    public async Task<Answer?> CallAsync(Spelling call, Key agent, string number)
    {
        try
        {
            await SendAsync(call.OverHttp1(agent, number));
        }
        catch (IOException)
        {
            // Refused before all of it was sent: an answer may be there all the same.
        }

        return await AnswerAsync(call.Method);
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _client.Dispose();
    }

    private async Task<Answer> AnswerAsync(string method, byte[] head, CancellationToken enough)
    {
        var lines = Encoding.Latin1.GetString(head).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var status = int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture);
        var fields = lines.Skip(1).Select(line => line.Split(": ", 2)).ToLookup(field => field[0], field => field[^1], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(field => field.Key, field => string.Join(", ", field), StringComparer.OrdinalIgnoreCase);
        var body = method == "HEAD" || status is 204 or 304 ? [] : await _reader.BodyAsync(head, enough, isAnswer: true);
        IsOpen = !fields.GetValueOrDefault("Connection", "").Contains("close", StringComparison.OrdinalIgnoreCase);
        return new(status, Encoding.UTF8.GetString(body), fields, TimeProvider.System.GetTimestamp());
    }
}
