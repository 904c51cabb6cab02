using AiAccessProxy.Ledger;

namespace AiAccessProxy.Control.Reading;

/// <summary>
/// The last events that listeners may want, by their position in the ledger: whoever was away goes on where they stopped, as long as the tape
/// reaches back so far. Bounded, and the same for all: a slow listener holds nothing up and keeps nothing.
/// </summary>
internal sealed class EventTape
{
    public const int Kept = 4096;

    private readonly Lock _lock = new();
    private readonly Queue<LedgerEvent> _events = new();
    private TaskCompletionSource _more = New();
    private long _forgotten;
    private long _last;
    private int _listeners;

    public bool IsHeard => Volatile.Read(ref _listeners) > 0;

    public int Listeners => Volatile.Read(ref _listeners);

    /// <summary>Position of the last event.</summary>
    public long Last => Interlocked.Read(ref _last);

    /// <summary>Called for every entry in order, never twice at once.</summary>
    public void Take(Entry entry)
    {
        if (LedgerEvent.Of(entry) is not { } told) return;
        lock (_lock)
        {
            _events.Enqueue(told);
            if (_events.Count > Kept) _forgotten = _events.Dequeue().Position;
        }

        Interlocked.Exchange(ref _last, told.Position);
    }

    /// <summary>Tells listeners that there may be more.</summary>
    public void Wake()
    {
        var before = Volatile.Read(ref _more);
        if (Interlocked.CompareExchange(ref _more, New(), before) == before) before.TrySetResult();
    }

    /// <summary>Counts a listener until the answer is disposed of; null when there are <paramref name="most"/> already.</summary>
    public IDisposable? Listen(int most)
    {
        if (Interlocked.Increment(ref _listeners) <= most) return new Place(this);
        Interlocked.Decrement(ref _listeners);
        return null;
    }

    /// <summary>What happened after a position; null when the tape does not reach back so far any more.</summary>
    public IReadOnlyList<LedgerEvent>? After(long position)
    {
        lock (_lock) return position < _forgotten ? null : [.. _events.SkipWhile(told => told.Position <= position)];
    }

    /// <summary>Ends with the next <see cref="Wake"/> after it was asked for.</summary>
    public Task MoreAsync() => Volatile.Read(ref _more).Task;

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Place(EventTape tape) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0) Interlocked.Decrement(ref tape._listeners);
        }
    }
}
