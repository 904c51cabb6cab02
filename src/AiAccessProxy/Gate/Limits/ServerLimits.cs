using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AiAccessProxy.Gate.Limits;

/// <summary>
/// What the server itself refuses, with a bare status or by closing. It lies above our own limits, so that whoever is only a little over
/// is told which one it was, and still bounds what a connection may cost before we see a request.
/// </summary>
internal static class ServerLimits
{
    private const int Above = 16 * 1024;
    private const int FieldsAbove = 50;

    /// <param name="held">Calls that one agent may have held.</param>
    public static void Apply(KestrelServerLimits server, LimitOptions ours, int held)
    {
        server.MaxRequestLineSize = ours.Target + Above;
        server.MaxRequestHeaderCount = ours.Headers + FieldsAbove;
        // Over HTTP/2 the target is one of the header fields.
        server.MaxRequestHeadersTotalSize = ours.HeaderBytes + ours.Target + Above;
        // What is read ahead of us on each connection; it has to hold a whole head.
        server.MaxRequestBufferSize = Math.Max(64 * 1024, server.MaxRequestHeadersTotalSize + Above);
        server.RequestHeadersTimeout = ours.HeaderTime;
        server.KeepAliveTimeout = ours.KeepAlive;
        server.MinRequestBodyDataRate = new(ours.MinRate, ours.MinRateGrace);
        server.MinResponseDataRate = new(ours.MinRate, ours.MinRateGrace);
        server.Http2.MaxStreamsPerConnection = ours.Streams + held;
        server.Http2.KeepAlivePingDelay = ours.PingAfter;
        server.Http2.KeepAlivePingTimeout = ours.PingTimeout;
        server.Http2.HeaderTableSize = ours.HeaderTable;
        server.Http2.MaxRequestHeaderFieldSize = server.MaxRequestHeadersTotalSize;
        server.Http2.MaxFrameSize = ours.Frame;
        server.Http2.InitialConnectionWindowSize = ours.ConnectionWindow;
        server.Http2.InitialStreamWindowSize = ours.StreamWindow;
    }
}
