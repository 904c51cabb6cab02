using System.Net;
using AiAccessProxy.Forwarding.Delivery;
using AiAccessProxy.Gate.Limits;
using AiAccessProxy.Gate.Wire;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Commands.Serving;

/// <summary>One of the two listeners. Which plane a request came in on is a fact of its connection, not of its Host or port.</summary>
internal sealed class Plane(string name)
{
    private ListenOptions? _listener;
    private string _scheme = Uri.UriSchemeHttp;

    /// <summary>The address it is bound to, once it listens.</summary>
    public Uri Address
    {
        get
        {
            var endpoint = _listener?.IPEndPoint ?? throw new InvalidOperationException($"The {name} plane does not listen yet.");
            var host = endpoint.Address.Equals(IPAddress.Any) || endpoint.Address.Equals(IPAddress.IPv6Any) ? IPAddress.Loopback : endpoint.Address;
            return new UriBuilder(_scheme, host.ToString(), endpoint.Port).Uri;
        }
    }

    /// <summary>Set once the whole program has started.</summary>
    public bool IsListening { get; set; }

    public bool Holds(HttpContext context) => context.Features.Get<Arrival>()?.Plane == this;

    /// <param name="admit">Meets each connection first.</param>
    /// <param name="certificate">Makes the plane speak TLS, and HTTP/2 with those who want it, when it is there.</param>
    public void Listen(
        KestrelServerOptions kestrel, string url, Func<ConnectionContext, ConnectionDelegate, Task>? admit = null,
        PlaneCertificate? certificate = null) => kestrel.Listen(EndPointOf(new Uri(url)), listener =>
    {
        _listener = listener;
        // Without TLS there is no telling the two apart before the first byte of a request.
        listener.Protocols = HttpProtocols.Http1;
        var open = kestrel.ApplicationServices.GetRequiredService<OpenConnections>();
        listener.Use(next => connection => open.ServeAsync(connection, next));
        if (admit is not null) listener.Use(next => connection => admit(connection, next));
        listener.Use(next => connection => WatchedTransport.WatchAsync(connection, next));
        if (certificate is { IsThere: true })
        {
            _scheme = Uri.UriSchemeHttps;
            listener.Protocols = HttpProtocols.Http1AndHttp2;
            listener.UseHttps(new TlsHandshakeCallbackOptions
            {
                OnConnection = _ => ValueTask.FromResult(certificate.ForHandshake()),
                HandshakeTimeout = kestrel.ApplicationServices.GetRequiredService<IOptions<LimitOptions>>().Value.HandshakeTime,
            });
            listener.Use(next => connection => WatchedTransport.WatchAsync(connection, next));
        }

        listener.Use(next => connection =>
        {
            connection.Features.Set(new Arrival(this));
            return ChunkedWire.WatchAsync(connection, next);
        });
    });

    private static IPEndPoint EndPointOf(Uri url) => new(
        url.Host switch
        {
            "localhost" => IPAddress.Loopback,
            "0.0.0.0" => IPAddress.Any,
            "[::]" => IPAddress.IPv6Any,
            var host when IPAddress.TryParse(host.Trim('[', ']'), out var address) => address,
            var name => throw new ArgumentException($"{name} is no address, which settings are checked for.", nameof(url)),
        },
        url.Port);

    private sealed record Arrival(Plane Plane);
}
