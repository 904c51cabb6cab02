using AiAccessProxy.Ledger;

namespace AiAccessProxy.Approvals.Roster;

/// <summary>
/// Keeps what is known here about agents as the ledger has it: before anything is served, upon every hint, and, since a hint may be lost, by
/// asking every second. So what is decided anywhere takes effect here within two.
/// </summary>
internal sealed partial class RosterWatch(RosterBook book, TimeProvider time, ILogger<RosterWatch> logger) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    // Made at once, so that no moment between construction and the first wait is missed.
    private readonly PeriodicTimer _timer = new(Every, time);

    private HintFollowing<string>? _hints;

    /// <exception cref="LedgerUnavailableException">Nobody knows who is suspended, so nobody may call: the program does not start.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        _hints = new(() => book.ChangesAsync(CancellationToken.None), Every, time);
        await book.RefreshAllAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _timer.Dispose();
        base.Dispose();
    }

    /// <summary>Should either end with an error, the host stops: an agent whose suspension is not heard of must not call.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken) =>
        await await Task.WhenAny(
            _hints!.RunAsync(book.RefreshAsync, failure => Log.Unavailable(logger, failure), stoppingToken), AskAsync(stoppingToken));

    private async Task AskAsync(CancellationToken stopping)
    {
        while (await _timer.WaitForNextTickAsync(stopping))
        {
            try
            {
                await book.RefreshAllAsync(stopping);
            }
            catch (LedgerUnavailableException unavailable)
            {
                Log.Unavailable(logger, unavailable);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "What is decided about agents is not heard of while the ledger cannot be read")]
        public static partial void Unavailable(ILogger logger, Exception exception);
    }
}
