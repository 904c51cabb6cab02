using AiAccessProxy.Approvals;
using AiAccessProxy.Approvals.Teams;
using AiAccessProxy.Approvals.Teams.Inbound;
using AiAccessProxy.Approvals.Teams.Install;
using AiAccessProxy.Policies;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Tests.Approvals.Teams;

/// <summary>Where the bot is, is known to those who cannot wait for the ledger: a moment later, and without any hint a few seconds later.</summary>
public sealed class ConversationWatchTests : IAsyncLifetime
{
    private static readonly IOptions<TeamsOptions> On = Options.Create(new TeamsOptions { Playground = true });

    private readonly ManualTime _time = new();

    private OpenDesk _desk = null!;

    public async ValueTask InitializeAsync() => _desk = await OpenDesk.OpenAsync(_time);

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task What_another_process_hears_is_known_here_at_once_by_a_hint()
    {
        using var watch = await WatchAsync(Book(_desk.Ledger));
        await InstallAsync("19:one@thread.v2");
        await UntilAsync(watch, "19:one@thread.v2");

        await Book(_desk.Ledger).RemovedAsync(Chat("19:one@thread.v2"), Token);
        await UntilAsync(watch);
        await watch.StopAsync(Token);
    }

    [Fact]
    public async Task Without_hints_and_after_an_outage_it_is_asked_for()
    {
        await InstallAsync("19:before@thread.v2");
        var ledger = new FragileLedger(_desk.Ledger);
        using var watch = await WatchAsync(Book(ledger));
        await UntilAsync(watch, "19:before@thread.v2");

        ledger.IsGone = true;
        await InstallAsync("19:during@thread.v2");
        for (var i = 0; i < 5; i++) _time.Advance(ConversationWatch.Every);
        Assert.Equal(["19:before@thread.v2"], watch.Known.Select(known => known.In.Id));

        ledger.IsGone = false;
        await UntilAsync(watch, "19:before@thread.v2", "19:during@thread.v2");
        Assert.False(watch.ExecuteTask!.IsCompleted);
        await watch.StopAsync(Token);
    }

    [Fact]
    public async Task A_channel_that_is_off_asks_for_nothing()
    {
        await InstallAsync("19:one@thread.v2");
        using var watch = new ConversationWatch(Book(_desk.Ledger), Options.Create(new TeamsOptions()), _time, NullLogger<ConversationWatch>.Instance);
        await watch.StartAsync(Token);
        await watch.ExecuteTask!.WaitAsync(TimeSpan.FromMinutes(1), Token);
        Assert.Empty(watch.Known);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Conversation Chat(string id) => new(new("http://127.0.0.1:9/"), id, ConversationScope.GroupChat, TeamsGround.Tenant);

    private ConversationBook Book(AiAccessProxy.Ledger.ILedger ledger) => new(ledger, _desk.Get<Records>(), _desk.Get<PolicyStore>(), On);

    private async Task InstallAsync(string id) => Assert.True(await Book(_desk.Ledger).InstalledAsync(new Turn.Installed(Chat(id), new("28:bot")), Token));

    private async Task<ConversationWatch> WatchAsync(ConversationBook book)
    {
        var watch = new ConversationWatch(book, On, _time, NullLogger<ConversationWatch>.Instance);
        await watch.StartAsync(Token);
        return watch;
    }

    private Task UntilAsync(ConversationWatch watch, params string[] ids) => Eventually.HoldsAsync(
        () =>
        {
            var isKnown = watch.Known.Select(known => known.In.Id).Order(StringComparer.Ordinal).SequenceEqual(ids.Order(StringComparer.Ordinal));
            if (!isKnown) _time.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(isKnown);
        },
        $"{string.Join(", ", ids)} are known");
}
