using System.Net.Sockets;
using System.Security.Authentication;
using AiAccessProxy.Actions;
using Yarp.ReverseProxy.Forwarder;

namespace AiAccessProxy.Forwarding;

/// <summary>Says in plain words why an upstream did not answer. Neither addresses nor anything of the call stands in them.</summary>
internal static class UpstreamFailure
{
    public static string Describe(ForwarderError error, Exception? exception) => error switch
    {
        ForwarderError.RequestTimedOut => "the upstream did not answer in time",
        ForwarderError.RequestCanceled or ForwarderError.RequestBodyCanceled => "the agent left",
        ForwarderError.RequestBodyClient when FaultOf(error, exception) is BodyFault.TooSlow =>
            "the agent's body came too slowly, or stopped before its end (gate:limits:minRate)",
        ForwarderError.RequestBodyClient => "the agent's body did not arrive whole",
        ForwarderError.RequestBodyDestination => "the upstream did not take the body",
        _ => Cause(exception),
    };

    /// <summary>The same in one of few words, for metrics and spans; null when it was the agent's doing.</summary>
    public static string? Kind(ForwarderError error, Exception? exception) => error switch
    {
        ForwarderError.RequestTimedOut => "timeout",
        ForwarderError.RequestCanceled or ForwarderError.RequestBodyCanceled or ForwarderError.RequestBodyClient => null,
        ForwarderError.RequestBodyDestination => "request_body",
        _ => CauseKind([.. Chain(exception)]),
    };

    /// <summary>What was wrong with the agent's body; null when that was not what failed.</summary>
    public static BodyFault? FaultOf(ForwarderError error, Exception? exception) =>
        error is ForwarderError.RequestBodyClient ? Chain(exception).Select(RequestBody.FaultOf).FirstOrDefault(fault => fault is not null) : null;

    private static string Cause(Exception? exception)
    {
        var chain = Chain(exception).ToList();
        if (chain.OfType<OwnListenerException>().Any()) return "the upstream's address is the proxy's own";
        if (chain.OfType<AuthenticationException>().Any()) return "TLS with the upstream could not be established";
        if (chain.OfType<SocketException>().FirstOrDefault() is { } socket)
        {
            return socket.SocketErrorCode switch
            {
                SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => "the upstream's name does not resolve",
                SocketError.ConnectionRefused => "the upstream refused the connection",
                SocketError.TimedOut => "the upstream could not be reached in time",
                _ => $"the connection to the upstream failed ({socket.SocketErrorCode})",
            };
        }

        return chain.OfType<HttpRequestException>().Select(request => request.HttpRequestError).LastOrDefault(kind => kind != HttpRequestError.Unknown) switch
        {
            HttpRequestError.ResponseEnded => "the upstream closed the connection without an answer",
            HttpRequestError.InvalidResponse => "the upstream's answer is not HTTP",
            HttpRequestError.VersionNegotiationError => "the upstream does not speak the configured HTTP version",
            HttpRequestError.HttpProtocolError => "the upstream refused the request on the HTTP/2 connection",
            _ => "the connection to the upstream failed",
        };
    }

    private static string CauseKind(IReadOnlyList<Exception> chain)
    {
        if (chain.OfType<OwnListenerException>().Any()) return "own_listener";
        if (chain.OfType<AuthenticationException>().Any()) return "tls";
        if (chain.OfType<SocketException>().FirstOrDefault() is { } socket)
        {
            return socket.SocketErrorCode switch
            {
                SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => "name_resolution",
                SocketError.ConnectionRefused => "refused",
                _ => "unreachable",
            };
        }

        return chain.OfType<HttpRequestException>().Select(request => request.HttpRequestError).LastOrDefault(kind => kind != HttpRequestError.Unknown) switch
        {
            HttpRequestError.ResponseEnded => "closed",
            HttpRequestError.InvalidResponse or HttpRequestError.VersionNegotiationError or HttpRequestError.HttpProtocolError => "protocol",
            _ => "connection",
        };
    }

    private static IEnumerable<Exception> Chain(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException) yield return exception;
    }
}
