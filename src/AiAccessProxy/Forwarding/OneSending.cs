using AiAccessProxy.Ledger;

namespace AiAccessProxy.Forwarding;

/// <summary>
/// The wire's side of one privileged call: one connection, one request on it, and its first byte in time or not at all. What it says
/// afterwards is exact: either nothing of the request has left, or something may have.
/// </summary>
internal sealed class OneSending(Cleared cleared, bool isHttp2)
{
    private readonly Http2Requests? _http2 = isHttp2 ? new() : null;
    private int _connections;
    private volatile bool _hasLeft;
    private volatile bool _wasTooLate;

    /// <summary>A byte of the request itself has been handed to the connection. The preface of HTTP/2 is none.</summary>
    public bool HasLeft => _hasLeft;

    public bool WasTooLate => _wasTooLate;

    /// <exception cref="IOException">A connection was made before: this one would carry the call a second time.</exception>
    public void OnConnecting()
    {
        if (Interlocked.Increment(ref _connections) > 1) throw new IOException("A privileged call has one connection.");
    }

    /// <summary>To be called before the bytes are written.</summary>
    /// <exception cref="IOException">They must not be written.</exception>
    public void OnWriting(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        if (!_hasLeft && !cleared.MayStillBeSent)
        {
            _wasTooLate = true;
            throw new IOException("The time in which the call may be sent is over.");
        }

        _http2?.Read(bytes);
        if (_http2 is { Count: > 1 }) throw new IOException("A privileged call is written once, and this was the second time.");
        if (_http2 is null or { Count: 1 }) _hasLeft = true;
    }
}
