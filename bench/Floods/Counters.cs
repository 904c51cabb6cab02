using System.Diagnostics;

namespace Floods;

/// <summary>Where the parts of one flood count what they do.</summary>
internal sealed class Counters
{
    private int _open;
    private int _connected;
    private int _sent;

    public Tally Now => new(Stopwatch.GetTimestamp(), Volatile.Read(ref _open), Volatile.Read(ref _connected), Volatile.Read(ref _sent));

    public void Connected()
    {
        Interlocked.Increment(ref _open);
        Interlocked.Increment(ref _connected);
    }

    public void Closed() => Interlocked.Decrement(ref _open);

    public void Sent(int count = 1) => Interlocked.Add(ref _sent, count);
}
