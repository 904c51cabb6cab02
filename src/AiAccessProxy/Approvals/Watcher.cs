using AiAccessProxy.Ledger;

namespace AiAccessProxy.Approvals;

/// <summary>
/// Wakes held calls. Hints of the ledger are followed at once; since a hint may be lost, held tickets are also asked for every second; and
/// holds that are over end within a quarter of a second.
/// </summary>
internal sealed partial class Watcher(Waiting waiting, Tickets tickets, TimeProvider time, ILogger<Watcher> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private const int TicksBetweenQuestions = 4;

    // Made at once, so that no moment between construction and the first wait is missed.
    private readonly PeriodicTimer _timer = new(Tick, time);

    private HintFollowing<TicketId>? _hints;

    /// <summary>Listens before anything is served, so that no hint falls between the first call and the first wait.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _hints = new(() => tickets.ChangesAsync(CancellationToken.None), Tick, time);
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _timer.Dispose();
        base.Dispose();
    }

    /// <summary>Should either end with an error, the host stops: calls that nobody wakes must not be held.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken) =>
        await await Task.WhenAny(FollowHintsAsync(stoppingToken), AskAsync(stoppingToken));

    private Task FollowHintsAsync(CancellationToken stopping) => _hints!.RunAsync(
        async id =>
        {
            if (waiting.Holds(id)) await waiting.RefreshAsync(id, stopping);
        },
        failure => Log.Unavailable(logger, failure), stopping);

    private async Task AskAsync(CancellationToken stopping)
    {
        for (var tick = 1; await _timer.WaitForNextTickAsync(stopping); tick++)
        {
            waiting.PassTime();
            if (tick % TicksBetweenQuestions != 0) continue;
            try
            {
                await waiting.RefreshAllAsync(stopping);
            }
            catch (LedgerUnavailableException unavailable)
            {
                Log.Unavailable(logger, unavailable);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Held calls are not woken while the ledger cannot be read")]
        public static partial void Unavailable(ILogger logger, Exception exception);
    }
}
