using AiAccessProxy.Ledger;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Approvals.Teams.Install;

/// <summary>
/// Keeps what is known here of conversations as the ledger has it, for those who cannot wait for it: upon every hint, and, since a hint may be
/// lost, by asking every few seconds. Whatever is sent somewhere is looked up in the ledger itself.
/// </summary>
internal sealed partial class ConversationWatch(ConversationBook book, IOptions<TeamsOptions> options, TimeProvider time, ILogger<ConversationWatch> logger)
    : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private IReadOnlyList<KnownConversation> _known = [];

    /// <summary>As it stood a moment ago.</summary>
    public IReadOnlyList<KnownConversation> Known => Volatile.Read(ref _known);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.IsOn) return;
        var hints = new HintFollowing<RegisterId>(() => book.ChangesAsync(CancellationToken.None), Every, time);
        await await Task.WhenAny(
            hints.RunAsync(_ => ReadAsync(stoppingToken), failure => Log.Unavailable(logger, failure), stoppingToken), AskAsync(stoppingToken));
    }

    private async Task AskAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                await ReadAsync(stopping);
            }
            catch (LedgerUnavailableException unavailable)
            {
                Log.Unavailable(logger, unavailable);
            }
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    private async ValueTask ReadAsync(CancellationToken cancellationToken)
    {
        var known = new List<KnownConversation>();
        await foreach (var one in book.AllAsync(cancellationToken)) known.Add(one);
        Volatile.Write(ref _known, known);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Where the bot is in Teams is not heard of while the ledger cannot be read")]
        public static partial void Unavailable(ILogger logger, Exception exception);
    }
}
