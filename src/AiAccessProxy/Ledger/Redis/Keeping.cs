using System.Diagnostics.Metrics;
using AiAccessProxy.Telemetry;

namespace AiAccessProxy.Ledger.Redis;

/// <summary>
/// Looks every half second how the store stands and reads on in the stream: so lost hints are caught, a new run of Redis is noticed, and a log that
/// went back.
/// </summary>
internal sealed class Keeping(Store store, Following following, Statements statements, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    /// <summary>So long a forgotten register's mark is kept, for answers that are on their way.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    private readonly CancellationTokenSource _ended = new();
    private readonly Meter _meter = Signals.OwnMeter();
    private Task _kept = Task.CompletedTask;
    private long _looks;
    private long _upToDate = time.GetTimestamp();

    public required RedisAlarms Alarms { get; init; }

    public required Fitness Fitness { get; init; }

    /// <summary>How often it has looked.</summary>
    public long Looks => Interlocked.Read(ref _looks);

    /// <summary>How long it is since what is known here was all that there was.</summary>
    public TimeSpan Lag => time.GetElapsedTime(Interlocked.Read(ref _upToDate));

    public void Begin()
    {
        _meter.CreateObservableGauge(Metrics.LedgerLag.Name, () => Lag.TotalSeconds, Metrics.LedgerLag.Unit, Metrics.LedgerLag.Description);
        _kept = Task.Run(KeepAsync);
    }

    public void Dispose()
    {
        _meter.Dispose();
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
                await statements.WriteAsync(following.High);
                var said = await statements.ReadAsync();
                var (before, asked) = (following.High, time.GetTimestamp());
                var (tip, _) = await store.ReadAsync([], wantsRun: true);
                if (tip.Last < before) Alarms.Tampered("The stream", $"went back to {tip.Last}, and had been at {before}");
                await Fitness.LookAsync(store.Epoch);
                await following.UpToAsync(tip.Last);
                Interlocked.Exchange(ref _upToDate, asked);
                following.Counting.Compare(said);
                following.Marks.Forget(tip.Now - (long)Remembered.TotalMicroseconds);
                Interlocked.Increment(ref _looks);
                if (Fitness.Wrong is null) Alarms.Well();
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
