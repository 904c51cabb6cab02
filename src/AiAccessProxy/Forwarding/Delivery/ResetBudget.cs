namespace AiAccessProxy.Forwarding.Delivery;

/// <summary>
/// How many streams an agent may reset on one HTTP/2 connection within ten seconds. The server bounds only those that are not cleared away
/// yet, and each reset stream has cost a whole call by then (CVE-2023-44487). A feature of the connection.
/// </summary>
/// <param name="spent">Called when there were more, with each further one.</param>
internal sealed class ResetBudget(int most, TimeProvider time, Action spent)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private long _since = time.GetTimestamp();
    private int _count;

    /// <summary>One call at a time: they come in the order of the connection's bytes.</summary>
    public void Spend(int resets)
    {
        if (resets == 0) return;
        if (time.GetElapsedTime(_since) >= Window) (_since, _count) = (time.GetTimestamp(), 0);
        _count += resets;
        if (_count > most) spent();
    }
}
