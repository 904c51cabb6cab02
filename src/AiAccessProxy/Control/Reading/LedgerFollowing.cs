using AiAccessProxy.Ledger;

namespace AiAccessProxy.Control.Reading;

/// <summary>
/// Reads the whole ledger once at the start and then keeps up, so that no page has to wait for it; quickly while somebody listens.
/// </summary>
internal sealed partial class LedgerFollowing(LedgerReading reading, ILedger ledger, TimeProvider time, ILogger<LedgerFollowing> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>While nobody listens it reads every so many times only.</summary>
    private const int Unheard = 5;

    private HintFollowing<RegisterId>? _hints;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _hints = new(() => ledger.ChangesAsync(CancellationToken.None), Every, time);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Off the thread that starts the program: a large ledger takes its time.
        await Task.Yield();
        await Task.WhenAll(FollowHintsAsync(stoppingToken), AskAsync(stoppingToken));
    }

    private async Task AskAsync(CancellationToken stopping)
    {
        for (var turn = 0; !stopping.IsCancellationRequested; turn++)
        {
            if (turn % Unheard == 0 || reading.Tape.IsHeard) await CatchUpAsync(stopping);
            await Task.Delay(Every, time, stopping);
        }
    }

    private Task FollowHintsAsync(CancellationToken stopping) => _hints!.RunAsync(
        async _ =>
        {
            if (reading.Tape.IsHeard) await CatchUpAsync(stopping);
        },
        failure => Log.NotRead(log, failure), stopping);

    private async ValueTask CatchUpAsync(CancellationToken stopping)
    {
        try
        {
            await reading.CatchUpAsync(stopping);
        }
        catch (LedgerUnavailableException unavailable)
        {
            Log.NotRead(log, unavailable);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The history could not be read from the ledger; it will be tried again.")]
        public static partial void NotRead(ILogger log, Exception failure);
    }
}
