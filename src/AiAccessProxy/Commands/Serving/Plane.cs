using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Commands.Serving;

/// <summary>One of the two listeners. Which plane a request came in on is a fact of its connection, not of its Host or port.</summary>
internal sealed class Plane(string name)
{
    private ListenOptions? _listener;

    /// <summary>The address it is bound to, once it listens.</summary>
    public Uri Address
    {
        get
        {
            var endpoint = _listener?.IPEndPoint ?? throw new InvalidOperationException($"The {name} plane does not listen yet.");
            var host = endpoint.Address.Equals(IPAddress.Any) || endpoint.Address.Equals(IPAddress.IPv6Any) ? IPAddress.Loopback : endpoint.Address;
            return new UriBuilder(Uri.UriSchemeHttp, host.ToString(), endpoint.Port).Uri;
        }
    }

    /// <summary>Set once the whole program has started.</summary>
    public bool IsListening { get; set; }

    public bool Holds(HttpContext context) => context.Features.Get<Arrival>()?.Plane == this;

    public void Listen(KestrelServerOptions kestrel, string url) => kestrel.Listen(EndPointOf(new Uri(url)), listener =>
    {
        _listener = listener;
        // HTTP/2 for agents comes with TLS; without it Kestrel could not tell the two apart.
        listener.Protocols = HttpProtocols.Http1;
        listener.Use(next => connection =>
        {
            connection.Features.Set(new Arrival(this));
            return next(connection);
        });
    });

    private static IPEndPoint EndPointOf(Uri url) => new(
        url.Host switch
        {
            "localhost" => IPAddress.Loopback,
            "0.0.0.0" => IPAddress.Any,
            "[::]" => IPAddress.IPv6Any,
            var host when IPAddress.TryParse(host.Trim('[', ']'), out var address) => address,
            var name => throw new OptionsValidationException(
                "plane", typeof(Plane), [$"'{url}' names no address to listen on: write an IP address, localhost or 0.0.0.0 instead of {name}"]),
        },
        url.Port);

    private sealed record Arrival(Plane Plane);
}
