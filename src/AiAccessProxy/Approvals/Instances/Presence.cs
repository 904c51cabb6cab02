using AiAccessProxy.Ledger;

namespace AiAccessProxy.Approvals.Instances;

/// <summary>
/// Every two seconds, where several processes may write the ledger: says that this one is there, looks who else is, and alarms when they do
/// not all decide by the same rules.
/// </summary>
internal sealed partial class Presence(InstanceRoll roll, InstanceSet instances, ILogger<Presence> logger) : BackgroundService
{
    private readonly PeriodicTimer _timer = new(TimeSpan.FromSeconds(2), instances.Time);

    /// <summary>Before anything is served, so that the others share the work with it from its first call on.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RoundAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (!instances.IsShared) return;
        try
        {
            await roll.LeaveAsync(CancellationToken.None);
        }
        catch (LedgerUnavailableException unavailable)
        {
            Log.Unavailable(logger, unavailable);
        }
    }

    public override void Dispose()
    {
        _timer.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (instances.IsShared && await _timer.WaitForNextTickAsync(stoppingToken)) await RoundAsync(stoppingToken);
    }

    private async ValueTask RoundAsync(CancellationToken stopping)
    {
        if (!instances.IsShared) return;
        try
        {
            await roll.AnnounceAsync(stopping);
            if (!instances.Saw(await roll.CallAsync(stopping)) || instances.Differs is not { } differs) return;
            Log.Differs(logger, differs.Words);
            await roll.TellAsync(differs, stopping);
        }
        catch (LedgerUnavailableException unavailable)
        {
            Log.Unavailable(logger, unavailable);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Instances decide by different rules: {Words}")]
        public static partial void Differs(ILogger logger, string words);

        [LoggerMessage(2, LogLevel.Warning, "The ledger is unavailable, so no instance hears of another")]
        public static partial void Unavailable(ILogger logger, Exception exception);
    }
}
