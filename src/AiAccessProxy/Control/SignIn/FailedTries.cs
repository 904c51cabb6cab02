using System.Collections.Concurrent;
using System.Net;

namespace AiAccessProxy.Control.SignIn;

/// <summary>Counts failed sign-ins by address, so that keys cannot be tried out quickly.</summary>
internal sealed class FailedTries(TimeProvider time)
{
    public const int Allowed = 10;

    public static readonly TimeSpan Within = TimeSpan.FromMinutes(1);

    private const int MaxAddresses = 10_000;

    private readonly ConcurrentDictionary<IPAddress, (int Count, long Since)> _byAddress = new();

    /// <summary>How long this address has to wait before it may try again; null when it may try now.</summary>
    public TimeSpan? WaitOf(IPAddress? address)
    {
        if (!_byAddress.TryGetValue(address ?? IPAddress.None, out var tries) || tries.Count < Allowed) return null;
        var left = Within - time.GetElapsedTime(tries.Since);
        return left > TimeSpan.Zero ? left : null;
    }

    public void Add(IPAddress? address)
    {
        if (_byAddress.Count >= MaxAddresses)
            foreach (var (old, tries) in _byAddress)
                if (time.GetElapsedTime(tries.Since) >= Within) _byAddress.TryRemove(old, out _);

        _byAddress.AddOrUpdate(
            address ?? IPAddress.None,
            _ => (1, time.GetTimestamp()),
            (_, tries) => time.GetElapsedTime(tries.Since) < Within ? (tries.Count + 1, tries.Since) : (1, time.GetTimestamp()));
    }
}
