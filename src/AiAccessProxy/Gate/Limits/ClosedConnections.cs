namespace AiAccessProxy.Gate.Limits;

/// <summary>
/// Has the memory of connections that are closed collected. By the time it ends, a connection's 20 KB have grown old, and old memory is looked
/// through seldom: what a flood of 5,000 left behind lay there for minutes, and the next flood's came on top of it.
/// </summary>
/// <param name="collect">Begins it and does not wait for the end.</param>
internal sealed class ClosedConnections(Action collect)
{
    /// <summary>So many, that it is worth a look through old memory: some 20 MB. A flood makes so many in ten seconds.</summary>
    public const int Many = 1024;

    private int _count;

    /// <summary>In the background: calls go on meanwhile.</summary>
    public static ClosedConnections InBackground() => new(() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false));

    /// <summary>One more was closed.</summary>
    public void Count()
    {
        if (Interlocked.Increment(ref _count) % Many == 0) collect();
    }
}
