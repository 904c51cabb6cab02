using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace AiAccessProxy.Tests.Forwarding;

/// <summary>
/// An upstream without any HTTP library: listens on a free port of loopback, keeps every byte of every connection exactly as received, and
/// does what its script says. It judges what really went over the wire.
/// </summary>
public sealed class RawUpstream : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<RawConnection> _connections = new();
    private readonly ConcurrentBag<Task> _running = [];
    private readonly Func<RawConnection, Task> _script;
    private readonly SslServerAuthenticationOptions? _tls;
    private readonly Task _accepting;

    private RawUpstream(Func<RawConnection, Task> script, SslServerAuthenticationOptions? tls)
    {
        (_script, _tls) = (script, tls);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Origin => new($"{(_tls is null ? "http" : "https")}://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Every connection that was made, in order.</summary>
    public IReadOnlyList<RawConnection> Connections => [.. _connections];

    /// <summary>Requests that arrived, over all connections.</summary>
    public int Requests => _connections.Sum(connection => connection.Requests);

    /// <summary>Runs <paramref name="script"/> for every connection; it is closed when the script ends.</summary>
    public static RawUpstream Start(Func<RawConnection, Task> script) => new(script, null);

    public static RawUpstream StartTls(X509Certificate2 certificate, SslApplicationProtocol protocol, Func<RawConnection, Task> script) =>
        new(script, new() { ServerCertificate = certificate, ApplicationProtocols = [protocol] });

    /// <summary>Answers every request on every connection with the same bytes.</summary>
    public static RawUpstream Answering(string answer) => Start(async connection =>
    {
        while (await connection.ReadRequestAsync() is not null) await connection.WriteAsync(answer);
    });

    /// <summary>Reads a request whole, and closes the connection without a word.</summary>
    public static RawUpstream ReadingAndClosing() => Start(connection => connection.ReadRequestAsync());

    /// <summary>Completes when a connection has received <paramref name="text"/>.</summary>
    public Task ReceivedAsync(string text) => Eventually.HoldsAsync(
        () => Connections.Any(connection => connection.Text.Contains(text, StringComparison.Ordinal)), $"the upstream receives {text}");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        // Stopped only then: whoever is about to accept must find it listening.
        await _accepting;
        _listener.Stop();
        await Task.WhenAll(_running);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _running.Add(RunAsync(await _listener.AcceptSocketAsync(_stop.Token)));
            }
            catch (Exception stopped) when (stopped is OperationCanceledException or SocketException)
            {
                return;
            }
        }
    }

    private async Task RunAsync(Socket socket)
    {
        using var own = socket;
        try
        {
            Stream stream = new NetworkStream(socket, ownsSocket: false);
            if (_tls is not null)
            {
                var secure = new SslStream(stream);
                await secure.AuthenticateAsServerAsync(_tls, _stop.Token);
                stream = secure;
            }

            await using var closed = stream;
            using var connection = new RawConnection(socket, stream, _stop.Token);
            _connections.Enqueue(connection);
            await _script(connection);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side left, or the test is over: what was received is kept.
        }
    }
}
