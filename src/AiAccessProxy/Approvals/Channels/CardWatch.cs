using AiAccessProxy.Ledger;

namespace AiAccessProxy.Approvals.Channels;

/// <summary>
/// Sees to it that every ticket is told of, and every card brought up to date: by the ledger's hints at once; by what is due every second; and, since
/// hints may be lost and processes die, by looking at all that lives every five.
/// </summary>
internal sealed partial class CardWatch(CardSweep sweep, CardCourier courier, TimeProvider time, ILogger<CardWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private const int TicksBetweenSweeps = 5;

    /// <summary>Tickets that are worked on at the same time: most of it is waiting for a channel.</summary>
    private const int Workers = 16;

    private readonly CardQueue _queue = new();

    // Made at once, so that no moment between construction and the first wait is missed.
    private readonly PeriodicTimer _timer = new(Tick, time);

    private HintFollowing<TicketId>? _hints;

    /// <summary>Listens before anything is served, so that no ticket falls between.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (!sweep.IsAny) return Task.CompletedTask;
        _hints = new(sweep.ChangesAsync, Tick, time);
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _timer.Dispose();
        base.Dispose();
    }

    /// <summary>Should any end with an error, the host stops: reviewers would wait for cards that never come.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken) =>
        await await Task.WhenAny([
            _hints!.RunAsync(id => Add(id), failure => Log.Unavailable(logger, failure), stoppingToken),
            AskAsync(stoppingToken),
            .. Enumerable.Range(0, Workers).Select(_ => _queue.WorkAsync(id => CarryAsync(id, stoppingToken), stoppingToken)),
        ]);

    private ValueTask Add(TicketId id)
    {
        _queue.Add(id);
        return ValueTask.CompletedTask;
    }

    private async Task CarryAsync(TicketId id, CancellationToken stopping)
    {
        try
        {
            await courier.CarryAsync(id, stopping);
        }
        catch (LedgerUnavailableException unavailable)
        {
            Log.Unavailable(logger, unavailable);
        }
    }

    private async Task AskAsync(CancellationToken stopping)
    {
        var tick = 0;
        do
        {
            try
            {
                await foreach (var id in tick++ % TicksBetweenSweeps == 0 ? sweep.AllAsync(stopping) : sweep.DueAsync(stopping)) _queue.Add(id);
            }
            catch (LedgerUnavailableException unavailable)
            {
                Log.Unavailable(logger, unavailable);
            }
        }
        while (await _timer.WaitForNextTickAsync(stopping));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Cards are not brought up to date while the ledger is unavailable")]
        public static partial void Unavailable(ILogger logger, Exception exception);
    }
}
