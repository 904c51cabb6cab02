namespace AiAccessProxy.Ledger.Redis;

/// <summary>
/// Looks every half second how the store stands and reads on in the stream: so lost hints are caught, a new run of Redis is noticed, and a log that
/// went back.
/// </summary>
internal sealed class Keeping(Store store, Following following, RedisAlarms alarms, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _ended = new();
    private Task _kept = Task.CompletedTask;

    public void Begin() => _kept = Task.Run(KeepAsync);

    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
    }

    private async Task KeepAsync()
    {
        var stopping = _ended.Token;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var before = following.High;
                var (tip, _) = await store.ReadAsync([], wantsRun: true);
                if (tip.Last < before) alarms.Tampered("The stream", $"went back to {tip.Last}, and had been at {before}");
                await following.UpToAsync(tip.Last);
                alarms.Well();
                await Task.Delay(Every, time, stopping);
            }
            catch (LedgerUnavailableException)
            {
                await Task.Delay(Every, time, CancellationToken.None);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
