using System.IO.Pipelines;
using System.Net.Security;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace AiAccessProxy.Forwarding.Delivery;

/// <summary>An agent's connection whose bytes tell <see cref="Deliveries"/> what was taken.</summary>
internal sealed record WatchedTransport(PipeReader Input, PipeWriter Output) : IDuplexPipe
{
    /// <summary>
    /// To be put on a listener below its TLS, which does not pass on that the socket is broken, and again above it, where HTTP/2's frames
    /// can be read.
    /// </summary>
    public static async Task WatchAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var inner = connection.Transport;
        var deliveries = connection.Features.Get<Deliveries>() ?? new();
        connection.Features.Set(deliveries);
        connection.Transport = IsHttp2(connection)
            ? new WatchedTransport(
                new WatchedReader(inner.Input, deliveries, connection.Features.Get<ResetBudget>()), new WatchedWriter(inner.Output, deliveries, new(preface: 0)))
            : new WatchedTransport(inner.Input, new WatchedWriter(inner.Output, deliveries, frames: null));
        await using var closed = connection.ConnectionClosed.UnsafeRegister(static one => ((Deliveries)one!).Close(), deliveries);
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = inner;
        }
    }

    private static bool IsHttp2(ConnectionContext connection) =>
        connection.Features.Get<ITlsApplicationProtocolFeature>()?.ApplicationProtocol.Span.SequenceEqual(SslApplicationProtocol.Http2.Protocol.Span) == true;
}
