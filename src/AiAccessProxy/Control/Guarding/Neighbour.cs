using System.Net;

namespace AiAccessProxy.Control.Guarding;

/// <summary>Whoever asks from this very machine, as far as that can be told.</summary>
internal static class Neighbour
{
    private static readonly string[] Forwarded = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"];

    /// <summary>A server before this one that says so does not make everybody a neighbour.</summary>
    public static bool Is(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote) && !Forwarded.Any(context.Request.Headers.ContainsKey);
}
