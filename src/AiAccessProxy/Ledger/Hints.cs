using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace AiAccessProxy.Ledger;

/// <summary>Tells listeners which registers moved. A slow listener loses the oldest hints; nobody waits for it.</summary>
internal sealed class Hints
{
    private const int Kept = 1024;

    private readonly ConcurrentDictionary<Channel<RegisterId>, byte> _listeners = new();
    private volatile bool _closed;

    /// <summary>Listens from this call on, not only from the first read.</summary>
    public IAsyncEnumerable<RegisterId> Listen(CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<RegisterId>(new BoundedChannelOptions(Kept) { FullMode = BoundedChannelFullMode.DropOldest });
        _listeners.TryAdd(channel, 0);
        if (_closed) channel.Writer.TryComplete();
        return ReadAsync(channel, cancellationToken.Register(() => Leave(channel)), cancellationToken);
    }

    public void Tell(IReadOnlyList<RegisterId> moved)
    {
        foreach (var (listener, _) in _listeners)
            foreach (var id in moved) listener.Writer.TryWrite(id);
    }

    public void Close()
    {
        _closed = true;
        foreach (var (listener, _) in _listeners) Leave(listener);
    }

    private async IAsyncEnumerable<RegisterId> ReadAsync(
        Channel<RegisterId> channel, CancellationTokenRegistration registration, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var id in channel.Reader.ReadAllAsync(cancellationToken)) yield return id;
            cancellationToken.ThrowIfCancellationRequested();
        }
        finally
        {
            await registration.DisposeAsync();
            Leave(channel);
        }
    }

    private void Leave(Channel<RegisterId> channel)
    {
        _listeners.TryRemove(channel, out _);
        channel.Writer.TryComplete();
    }
}
