using System.Threading.Channels;
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

    /// <summary>Beyond these the oldest are left to the next question.</summary>
    private const int MostHinted = 10_000;

    // Made at once, so that no moment between construction and the first wait is missed.
    private readonly PeriodicTimer _timer = new(Tick, time);

    // What is hinted while others are read is read next, together.
    private readonly Channel<TicketId> _hinted = Channel.CreateBounded<TicketId>(new BoundedChannelOptions(MostHinted) { FullMode = BoundedChannelFullMode.DropOldest });

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

    /// <summary>Should any end with an error, the host stops: calls that nobody wakes must not be held.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken) =>
        await await Task.WhenAny(FollowHintsAsync(stoppingToken), ReadHintedAsync(stoppingToken), AskAsync(stoppingToken));

    private Task FollowHintsAsync(CancellationToken stopping) => _hints!.RunAsync(
        id =>
        {
            if (waiting.Holds(id)) _hinted.Writer.TryWrite(id);
            return ValueTask.CompletedTask;
        },
        failure => Log.Unavailable(logger, failure), stopping);

    private async Task ReadHintedAsync(CancellationToken stopping)
    {
        while (await _hinted.Reader.WaitToReadAsync(stopping))
        {
            var ids = new HashSet<TicketId>();
            while (_hinted.Reader.TryRead(out var id)) ids.Add(id);
            try
            {
                await waiting.RefreshAsync(ids, stopping);
            }
            catch (LedgerUnavailableException unavailable)
            {
                Log.Unavailable(logger, unavailable);
            }
        }
    }

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
