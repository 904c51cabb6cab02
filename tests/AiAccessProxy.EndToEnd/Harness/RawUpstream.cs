using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>
/// An upstream made of a bare socket, with a log of its own of what it received. It is the judge of what was sent: no HTTP library stands
/// between the wire and its log.
/// </summary>
internal sealed class RawUpstream : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly Lock _lock = new();
    private readonly List<RawRequest> _requests = [];
    private readonly List<byte[]> _torn = [];
    private readonly HashSet<Socket> _open = [];
    private readonly Func<RawRequest, Task<byte[]?>>[] _answer;
    private readonly Task _accepting;

    /// <param name="answer">The bytes to answer with, piece by piece; null closes the connection without a word.</param>
    public RawUpstream(params Func<RawRequest, Task<byte[]?>>[] answer)
    {
        _answer = answer;
        _listener.Start(2048);
        _accepting = AcceptAsync();
    }

    public RawUpstream()
        : this(request => Task.FromResult<byte[]?>(Ok($"request {request.Number}")))
    {
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>What was received so far, in the order in which it was complete.</summary>
    public IReadOnlyList<RawRequest> Requests
    {
        get
        {
            lock (_lock) return [.. _requests];
        }
    }

    /// <summary>What came in on connections that ended in the middle of a request.</summary>
    public IReadOnlyList<byte[]> Torn
    {
        get
        {
            lock (_lock) return [.. _torn];
        }
    }

    /// <summary>Something has arrived that was not read yet.</summary>
    public bool HasUnread
    {
        get
        {
            lock (_lock) return _listener.Pending() || _open.Any(socket => socket.Available > 0);
        }
    }

    public static byte[] Ok(string text) => Answer("200 OK", text);

    public static byte[] Answer(string status, string text) => Encoding.Latin1.GetBytes(
        $"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {text.Length}\r\n\r\n{text}");

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
        var reader = new RawReader(stream);
        lock (_lock) _open.Add(socket);
        try
        {
            while (await reader.HeadAsync(_over.Token) is { } head)
            {
                var body = await reader.BodyAsync(head, _over.Token);
                RawRequest request;
                lock (_lock) _requests.Add(request = new(_requests.Count + 1, TimeProvider.System.GetTimestamp(), head, body));
                foreach (var piece in _answer)
                {
                    if (await piece(request).WaitAsync(_over.Token) is not { } answer) return;
                    await stream.WriteAsync(answer, _over.Token);
                }
            }
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException)
        {
            // The other end went away, or the test is over.
        }
        finally
        {
            lock (_lock) _open.Remove(socket);
        }

        lock (_lock)
            if (reader.Unfinished is { Length: > 0 } torn) _torn.Add(torn);
    }
}
