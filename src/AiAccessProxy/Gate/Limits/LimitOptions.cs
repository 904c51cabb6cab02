using System.ComponentModel;
using AiAccessProxy.Settings;

namespace AiAccessProxy.Gate.Limits;

/// <summary>
/// Settings of what agents may ask of the proxy, section <c>gate:limits</c>. The server's own limits lie somewhat above, so that it is our
/// answer that tells an agent which one it met; <c>docs/settings.md</c> documents each.
/// </summary>
internal sealed class LimitOptions : ISettings
{
    public static string Section => "gate:limits";

    [Description("Bytes of a request's target.")]
    [Bytes]
    public int Target { get; set; } = 8 * 1024;

    [Description("Header fields of a request.")]
    public int Headers { get; set; } = 100;

    [Description("Bytes of all header fields of a request, names and values.")]
    [Bytes]
    public int HeaderBytes { get; set; } = 32 * 1024;

    [Description("Bytes of chunk extensions in one body.")]
    [Bytes]
    public int ChunkExtensions { get; set; } = 4096;

    [Description("How long the head of a request may take, from its first byte.")]
    public TimeSpan HeaderTime { get; set; } = TimeSpan.FromSeconds(15);

    [Description("How long a TLS handshake may take.")]
    public TimeSpan HandshakeTime { get; set; } = TimeSpan.FromSeconds(10);

    [Description("Bytes a second that a body has to come with while it is waited for, and that an answer has to be taken with.")]
    [Bytes]
    public int MinRate { get; set; } = 240;

    [Description("For how long it may come, or be taken, more slowly.")]
    public TimeSpan MinRateGrace { get; set; } = TimeSpan.FromSeconds(5);

    [Description("How long a connection without a request is kept.")]
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromMinutes(2);

    [Description("Connections at once. Beyond, the one that has been without a known agent's call for longest makes room.")]
    public int Connections { get; set; } = 10_000;

    [Description("Connections of one agent that make room for nobody. What it has beyond does, as if no known agent had called on it.")]
    public int ConnectionsPerAgent { get; set; } = 1_000;

    [Description("Calls at once in all, beside those that may be held: held ones leave room for others whatever their limit.")]
    public int Calls { get; set; } = 3_000;

    [Description("Calls at once of one agent, beside those that it may have held.")]
    public int CallsPerAgent { get; set; } = 200;

    [Description("How long a call beyond them waits, unread, for one of its agent's others to end before it is refused. 0: not at all.")]
    public TimeSpan PlaceTime { get; set; } = TimeSpan.FromSeconds(10);

    [Description("Calls that wait so, in all. Beyond, a call is refused at once.")]
    public int Waiting { get; set; } = 3_000;

    [Description("Calls that wait so of one agent.")]
    public int WaitingPerAgent { get; set; } = 1_000;

    [Description("Refusals for limits of its own (429) that one agent may meet within a second. Beyond, whatever it asks is refused unread until the second is over.")]
    public int RefusalsPerAgent { get; set; } = 50;

    [Description("TLS handshakes that may be begun within a second from one address (of IPv6, one /64). Those beyond wait for their turn.")]
    public int Handshakes { get; set; } = 200;

    [Description("Bytes of bodies in memory in all: while they are read, and while their calls are held.")]
    [Bytes]
    public long BodyBytes { get; set; } = 128L * 1024 * 1024;

    [Description("Bytes of one agent's bodies in memory.")]
    [Bytes]
    public long BodyBytesPerAgent { get; set; } = 32L * 1024 * 1024;

    [Description(
        "HTTP/2: calls at once on one connection, beside those that an agent may have held: many clients have one connection only, and "
        + "with the usual hundred streams their held calls would keep their own reads out.")]
    public int Streams { get; set; } = 100;

    [Description("HTTP/2: streams that an agent may reset within ten seconds, beside as many as may be held; a connection on which no known agent has called may reset this many alone.")]
    public int Resets { get; set; } = 100;

    [Description("HTTP/2: a connection that is silent for so long is pinged. Not below one second.")]
    public TimeSpan PingAfter { get; set; } = TimeSpan.FromSeconds(30);

    [Description("HTTP/2: without an answer to the ping for so long, the connection is gone, and its held calls with it.")]
    public TimeSpan PingTimeout { get; set; } = TimeSpan.FromSeconds(20);

    [Description("HTTP/2: bytes of the table by which an agent may shorten its header fields.")]
    [Bytes]
    public int HeaderTable { get; set; } = 4 * 1024;

    [Description("HTTP/2: bytes of one frame.")]
    [Bytes]
    public int Frame { get; set; } = 16 * 1024;

    [Description("HTTP/2: bytes of bodies that may be under way on one connection before they are read.")]
    [Bytes]
    public int ConnectionWindow { get; set; } = 256 * 1024;

    [Description("HTTP/2: bytes of one body that may be under way before they are read.")]
    [Bytes]
    public int StreamWindow { get; set; } = 128 * 1024;

    public IEnumerable<string> Problems() =>
    [
        .. Within("target", Target, 64, 1024 * 1024),
        .. Within("headers", Headers, 8, 10_000),
        .. Within("headerBytes", HeaderBytes, 1024, 1024 * 1024),
        .. Within("chunkExtensions", ChunkExtensions, 0, 1024 * 1024),
        .. Within("headerTime", HeaderTime, 1, 3600),
        .. Within("handshakeTime", HandshakeTime, 1, 3600),
        .. Within("minRate", MinRate, 1, 1024 * 1024 * 1024),
        .. Within("minRateGrace", MinRateGrace, 2, 3600),
        .. Within("keepAlive", KeepAlive, 1, 24 * 3600),
        .. Within("connections", Connections, 1, 1_000_000),
        .. Within("connectionsPerAgent", ConnectionsPerAgent, 1, 1_000_000),
        .. Within("calls", Calls, 1, 1_000_000),
        .. Within("callsPerAgent", CallsPerAgent, 1, 1_000_000),
        .. Within("placeTime", PlaceTime, 0, 60),
        .. Within("waiting", Waiting, 0, 1_000_000),
        .. Within("waitingPerAgent", WaitingPerAgent, 0, 1_000_000),
        .. Within("refusalsPerAgent", RefusalsPerAgent, 1, 1_000_000),
        .. Within("handshakes", Handshakes, 1, 1_000_000),
        .. Within("bodyBytes", BodyBytes, 4096, long.MaxValue),
        .. Within("bodyBytesPerAgent", BodyBytesPerAgent, 4096, BodyBytes),
        .. Within("streams", Streams, 1, 100_000),
        .. Within("resets", Resets, 1, 1_000_000),
        .. Within("pingAfter", PingAfter, 1, 24 * 3600),
        .. Within("pingTimeout", PingTimeout, 1, 3600),
        .. Within("headerTable", HeaderTable, 0, 1024 * 1024),
        .. Within("frame", Frame, 16 * 1024, 16 * 1024 * 1024 - 1),
        .. Within("connectionWindow", ConnectionWindow, 65_535, int.MaxValue),
        .. Within("streamWindow", StreamWindow, 65_535, int.MaxValue),
    ];

    private static IEnumerable<string> Within(string setting, long value, long least, long most)
    {
        if (value < least || value > most) yield return $"gate:limits:{setting}: {value} is not between {least} and {most}";
    }

    private static IEnumerable<string> Within(string setting, TimeSpan value, int leastSeconds, int mostSeconds)
    {
        var (least, most) = (TimeSpan.FromSeconds(leastSeconds), TimeSpan.FromSeconds(mostSeconds));
        if (value < least || value > most) yield return $"gate:limits:{setting}: {Quantity.Words(value)} is not between {Quantity.Words(least)} and {Quantity.Words(most)}";
    }
}
