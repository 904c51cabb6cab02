using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Gate.Limits;

/// <summary>
/// Lets so many TLS handshakes a second begin from one address: each costs as much as several calls, and costs who asks for it nothing.
/// Those beyond wait for their turn, since it may be many agents behind one address; without TLS nobody waits.
/// </summary>
internal sealed class HandshakePace(IOptions<LimitOptions> options, IOptions<GateOptions> gate, TimeProvider time)
{
    /// <summary>Of more addresses than this, those that wait for nothing are forgotten once a second.</summary>
    private const int Many = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, long> _next = [];
    private readonly bool _isOn = gate.Value.Url.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
    private long _lookedThrough = time.GetTimestamp();

    /// <returns>False when its turn would come too late for who waits, or it is closed before.</returns>
    public async ValueTask<bool> MayBeginAsync(EndPoint? from, CancellationToken closed)
    {
        if (!_isOn || from is not IPEndPoint { Address: var address }) return true;
        var wait = time.GetElapsedTime(time.GetTimestamp(), Turn(SiteOf(address)));
        if (wait > options.Value.HandshakeTime) return false;
        if (wait <= TimeSpan.Zero) return true;
        try
        {
            await Task.Delay(wait, time, closed);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>The timestamp from which on the next one from there may begin. What was not used within the last second may be used at once.</summary>
    private long Turn(IPAddress site)
    {
        var (now, second) = (time.GetTimestamp(), time.TimestampFrequency);
        lock (_lock)
        {
            if (_next.Count > Many && _lookedThrough < now - second)
            {
                _lookedThrough = now;
                foreach (var (idle, _) in _next.Where(one => one.Value < now - second).ToList()) _next.Remove(idle);
            }

            var turn = Math.Max(_next.GetValueOrDefault(site, long.MinValue), now - second);
            // Who is too late anyway takes nobody's turn.
            if (turn <= now + options.Value.HandshakeTime.TotalSeconds * second) _next[site] = turn + second / options.Value.Handshakes;
            return turn;
        }
    }

    private static IPAddress SiteOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new(bytes);
    }
}
