using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Redis;
using AiAccessProxy.Ledger.Redis.Connecting;
using FsCheck;
using FsCheck.Fluent;

namespace AiAccessProxy.Tests.Ledger.Redis;

/// <summary>The ledger in Redis keeps the contract.</summary>
public sealed class RedisLedgerTests(RedisHome home) : LedgerContract, IClassFixture<RedisHome>
{
    private readonly string _prefix = home.NewPrefix();
    private readonly Dictionary<ILedger, RedisConnection> _connections = [];

    [Fact]
    public void Any_sequence_of_changes_with_restarts_in_between_means_what_it_says() =>
        FsCheck.Check.One(
            Some.Seeded(25, 7),
            Prop.ForAll(ArbMap.Default.ArbFor<DoNotSize<int>[]>(), seeds => LiveAsync([.. seeds.Select(seed => seed.Item)]).GetAwaiter().GetResult()));

    private protected override async Task<ILedger> OpenAsync()
    {
        await home.SetClockAsync(_prefix, Time.GetUtcNow());
        return await OpenAsync(_prefix);
    }

    private protected override ValueTask CloseAsync(ILedger ledger)
    {
        ((RedisLedger)ledger).Dispose();
        if (_connections.Remove(ledger, out var connection)) connection.Dispose();
        return ValueTask.CompletedTask;
    }

    private protected override async Task AdvanceAsync(TimeSpan by)
    {
        Time.Advance(by);
        await home.SetClockAsync(_prefix, Time.GetUtcNow());
    }

    private async Task<ILedger> OpenAsync(string prefix)
    {
        var (ledger, connection) = await home.OpenAsync(RedisHome.OptionsOf(prefix), byHand: true);
        _connections[ledger] = connection;
        return ledger;
    }

    private async Task LiveAsync(int[] seeds)
    {
        var (time, prefix) = (new ManualTime(), home.NewPrefix());
        await home.SetClockAsync(prefix, time.GetUtcNow());
        await new LedgerLife(
            () => OpenAsync(prefix), CloseAsync,
            async by =>
            {
                time.Advance(by);
                await home.SetClockAsync(prefix, time.GetUtcNow());
            },
            time).LiveAsync(seeds);
    }
}
