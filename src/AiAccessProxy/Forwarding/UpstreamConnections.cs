using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Forwarding;

/// <summary>Makes the connections to upstreams: pooled ones for plain calls, one of its own for each privileged call.</summary>
internal sealed class UpstreamConnections : IDisposable
{
    private readonly OwnListeners _own;
    private readonly ForwardingOptions _options;
    private readonly SslClientAuthenticationOptions? _tls;

    public UpstreamConnections(OwnListeners own, IOptions<ForwardingOptions> options, SslClientAuthenticationOptions? tls = null)
    {
        (_own, _options, _tls) = (own, options.Value, tls);
        Pooled = new(new PromptBodies(Plain()), disposeHandler: true);
    }

    /// <summary>For plain calls: it keeps connections for each upstream.</summary>
    public HttpMessageInvoker Pooled { get; }

    /// <summary>For one privileged call and nothing else; the caller disposes it.</summary>
    public HttpMessageInvoker For(OneSending sending, TimeSpan? within)
    {
        var handler = Plain();
        handler.MaxConnectionsPerServer = 1;
        handler.EnableMultipleHttp2Connections = false;
        if (within < handler.ConnectTimeout) handler.ConnectTimeout = within.Value;
        handler.ConnectCallback = (context, cancellationToken) =>
        {
            sending.OnConnecting();
            return ConnectAsync(context, cancellationToken);
        };
        handler.PlaintextStreamFilter = (context, _) => new(new WatchedStream(context.PlaintextStream, sending));
        return new(handler, disposeHandler: true);
    }

    public void Dispose() => Pooled.Dispose();

    private SocketsHttpHandler Plain()
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false, // a proxy named by the environment would see everything, secrets included
            ConnectTimeout = _options.ConnectTimeout,
            PooledConnectionLifetime = _options.ConnectionLifetime,
            EnableMultipleHttp2Connections = true,
            ActivityHeadersPropagator = new TraceparentOnly(),
            RequestHeaderEncodingSelector = SentOnce.OnHeader,
            ConnectCallback = ConnectAsync,
        };
        if (_tls is not null) handler.SslOptions = _tls;
        return handler;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await Dns.GetHostAddressesAsync(host, cancellationToken);
        if (addresses.Any(address => _own.Include(new(address, port)))) throw new OwnListenerException();

        // To the addresses that were checked: a name may resolve differently the next time.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
