using System.Collections.Concurrent;

namespace AiAccessProxy.Forwarding.Delivery;

/// <summary>
/// What a connection of an agent has really taken. The server calls an answer complete while the end of it still lies in the server's own
/// buffers (over HTTP/2 up to 4 KiB, and until the agent grants more), does not tell when it is thrown away there, and over TLS not even
/// that the socket is broken. So it is told by the bytes that pass.
/// </summary>
internal sealed class Deliveries
{
    // Small: every connection has one, those that idle too.
    private readonly ConcurrentDictionary<int, TaskCompletionSource<bool>> _streams = new(concurrencyLevel: 1, capacity: 1);
    private volatile bool _isBroken;
    private volatile bool _isClosed;

    /// <summary>The socket did not take a write. What was on its way then, or comes later, is not delivered.</summary>
    public bool IsBroken => _isBroken;

    /// <summary>
    /// True once the socket has taken the end of this HTTP/2 stream's answer, false when it never will. To be asked for the first time
    /// before the answer begins.
    /// </summary>
    public Task<bool> EndOf(int stream)
    {
        var end = _streams.GetOrAdd(stream, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        if (_isBroken || _isClosed) end.TrySetResult(false);
        return end.Task;
    }

    public void Forget(int stream) => _streams.TryRemove(stream, out _);

    /// <summary>Went by in this order.</summary>
    public void Saw(IReadOnlyList<StreamEnd> ends)
    {
        foreach (var (stream, isWhole) in ends)
            if (_streams.TryGetValue(stream, out var end)) end.TrySetResult(isWhole);
    }

    public void Break()
    {
        _isBroken = true;
        Close();
    }

    /// <summary>The agent writes nothing more. One with HTTP/1.1 may still read.</summary>
    public void Close()
    {
        _isClosed = true;
        foreach (var end in _streams.Values) end.TrySetResult(false);
    }
}
