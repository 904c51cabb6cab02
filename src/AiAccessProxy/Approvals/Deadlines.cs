using AiAccessProxy.Ledger;

namespace AiAccessProxy.Approvals;

/// <summary>
/// The clock of the room, once a second: tickets expire, approvals lapse, calls whose sender died become unknown, leases of those that
/// live are renewed, and outcomes that could not be recorded are tried again.
/// </summary>
internal sealed partial class Deadlines(Overdue overdue, Closing closing, TimeProvider time, ILogger<Deadlines> logger) : BackgroundService
{
    // Made at once, so that no moment between construction and the first wait is missed.
    private readonly PeriodicTimer _timer = new(TimeSpan.FromSeconds(1), time);
    private bool _isSettled;

    /// <summary>What another process left executing is settled before anything is served.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RoundAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Nothing is sent any more; what is still not on record gets its last chance.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryAsync(closing.RetryAsync);
        closing.GiveUp();
    }

    public override void Dispose()
    {
        _timer.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _timer.WaitForNextTickAsync(stoppingToken)) await RoundAsync(stoppingToken);
    }

    private async Task RoundAsync(CancellationToken stopping)
    {
        if (!_isSettled) _isSettled = await TryAsync(async () => await overdue.SettleAsync(stopping));
        await TryAsync(async () => await overdue.RenewAsync());
        // Before anything is given up as unknown: what is known of it comes first.
        await TryAsync(closing.RetryAsync);
        await TryAsync(async () => await overdue.SweepAsync(stopping));
    }

    /// <summary>While the ledger is away everything stays as it is: no ticket ends, and none is used.</summary>
    private async ValueTask<bool> TryAsync(Func<ValueTask> work)
    {
        try
        {
            await work();
            return true;
        }
        catch (LedgerUnavailableException unavailable)
        {
            Log.Unavailable(logger, unavailable);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Deadlines cannot be kept while the ledger is unavailable; it is tried again every second")]
        public static partial void Unavailable(ILogger logger, Exception exception);
    }
}
