using AiAccessProxy.Ledger;

namespace AiAccessProxy.Approvals;

/// <summary>
/// Counts the refusals of callers who are nobody, or of calls that no decision was reached on: one record for each kind and minute, so that
/// strangers cannot fill the ledger.
/// </summary>
internal sealed partial class RefusalCounter(ILedger ledger, Records records, TimeProvider time, ILogger<RefusalCounter> logger)
    : BackgroundService
{
    /// <summary>Kinds are ours and few; should one ever come from outside, the ledger is still bounded.</summary>
    private const int MostKinds = 64;

    private const string Others = "other";

    // Made at once, so that no moment between construction and the first wait is missed.
    private readonly PeriodicTimer _timer = new(TimeSpan.FromMinutes(1), time);
    private readonly Lock _lock = new();
    private Dictionary<string, long> _counts = [];

    public void Count(string kind)
    {
        lock (_lock) Add(kind, 1);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAsync();
        foreach (var (kind, count) in _counts) Log.Lost(logger, count, kind);
    }

    public override void Dispose()
    {
        _timer.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _timer.WaitForNextTickAsync(stoppingToken)) await FlushAsync();
    }

    private async Task FlushAsync()
    {
        Dictionary<string, long> counts;
        lock (_lock) (counts, _counts) = (_counts, []);
        foreach (var (kind, count) in counts)
        {
            try
            {
                await ledger.AppendAsync(records.Counted(kind, count), CancellationToken.None);
            }
            catch (LedgerUnavailableException unavailable)
            {
                Log.Kept(logger, count, kind, unavailable);
                lock (_lock) Add(kind, count);
            }
        }
    }

    private void Add(string kind, long count)
    {
        var name = _counts.ContainsKey(kind) || _counts.Count < MostKinds ? kind : Others;
        _counts[name] = _counts.GetValueOrDefault(name) + count;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Count} refusals of kind {Kind} cannot be recorded now; they are counted on")]
        public static partial void Kept(ILogger logger, long count, string kind, Exception exception);

        [LoggerMessage(2, LogLevel.Critical, "{Count} refusals of kind {Kind} were never recorded")]
        public static partial void Lost(ILogger logger, long count, string kind);
    }
}
