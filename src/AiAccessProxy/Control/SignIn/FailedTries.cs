using System.Net;
using System.Net.Sockets;

namespace AiAccessProxy.Control.SignIn;

/// <summary>
/// Counts failed sign-ins by address, so that keys cannot be tried out quickly. Of IPv6 by the network of 64 bits, all of which is one host's.
/// </summary>
internal sealed class FailedTries(TimeProvider time)
{
    public const int Allowed = 10;

    public static readonly TimeSpan Within = TimeSpan.FromMinutes(1);

    /// <summary>Of more than this, those that are over are forgotten once a second: not at every try, or each would cost as much as all.</summary>
    private const int Many = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, (int Count, long Since)> _bySite = [];
    private long _lookedThrough = time.GetTimestamp();

    /// <summary>Addresses that are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _bySite.Count;
        }
    }

    /// <summary>How long this address has to wait before it may try again; null when it may try now.</summary>
    public TimeSpan? WaitOf(IPAddress? address)
    {
        lock (_lock)
        {
            if (!_bySite.TryGetValue(SiteOf(address), out var tries) || tries.Count < Allowed) return null;
            var left = Within - time.GetElapsedTime(tries.Since);
            return left > TimeSpan.Zero ? left : null;
        }
    }

    public void Add(IPAddress? address)
    {
        var site = SiteOf(address);
        lock (_lock)
        {
            Forget();
            _bySite[site] = _bySite.TryGetValue(site, out var tries) && !IsOver(tries.Since) ? (tries.Count + 1, tries.Since) : (1, time.GetTimestamp());
        }
    }

    private void Forget()
    {
        if (_bySite.Count <= Many || time.GetElapsedTime(_lookedThrough) < TimeSpan.FromSeconds(1)) return;
        _lookedThrough = time.GetTimestamp();
        foreach (var (site, _) in _bySite.Where(one => IsOver(one.Value.Since)).ToList()) _bySite.Remove(site);
    }

    private bool IsOver(long since) => time.GetElapsedTime(since) >= Within;

    private static IPAddress SiteOf(IPAddress? address)
    {
        if (address is null) return IPAddress.None;
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new(bytes);
    }
}
