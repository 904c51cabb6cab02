namespace AiAccessProxy.Ledger.Redis;

/// <summary>
/// Whether the server that answers is fit to hold the ledger: looked at again in each new run, since after a failover it is another one, and every
/// half minute. While it is not, nothing is recorded.
/// </summary>
/// <param name="ask">What is wrong with it, in words for the operator; null when nothing.</param>
internal sealed class Fitness(Func<Task<string?>> ask, RedisAlarms alarms, TimeProvider time)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    private volatile string? _wrong;
    private Epoch _epoch;
    private long _at;

    /// <summary>As it was found last.</summary>
    public string? Wrong => _wrong;

    /// <summary>It was found fit before the ledger was opened.</summary>
    public void Begin(Epoch epoch) => (_epoch, _at) = (epoch, time.GetTimestamp());

    /// <exception cref="LedgerUnavailableException">It does not answer.</exception>
    public async Task LookAsync(Epoch epoch)
    {
        if (_wrong is null && epoch == _epoch && time.GetElapsedTime(_at) < Every) return;
        if (await ask() is { } wrong) alarms.Unfit(_wrong = wrong);
        else _wrong = null;
        (_epoch, _at) = (epoch, time.GetTimestamp());
    }
}
