using AiAccessProxy.Ledger;

namespace AiAccessProxy.Control.Stories;

/// <summary>Reads the whole ledger once at the start and then keeps up, so that no page has to wait for it.</summary>
internal sealed partial class StoryReading(StoryBook book, TimeProvider time, ILogger<StoryReading> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Off the thread that starts the program: a large ledger takes its time.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await book.CatchUpAsync(stoppingToken);
            }
            catch (LedgerUnavailableException unavailable)
            {
                Log.NotRead(log, unavailable);
            }

            await Task.Delay(Every, time, stoppingToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The history could not be read from the ledger; it will be tried again.")]
        public static partial void NotRead(ILogger log, Exception failure);
    }
}
