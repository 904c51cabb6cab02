using System.Text;
using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Redis;

namespace AiAccessProxy.Tests.Ledger.Redis;

/// <summary>Somebody takes a record out of the stream, so that what it told never happened: nothing is used on the strength of that.</summary>
public sealed class MissingRecordsTests(RedisHome home) : IClassFixture<RedisHome>, IAsyncLifetime
{
    private readonly string _prefix = home.NewPrefix();
    private readonly List<IDisposable> _open = [];
    private RedisLedger _ledger = null!;
    private StoreAttacks _attacks = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _ledger = await OpenAsync();
        var connection = await home.ConnectAsync(_prefix);
        _open.Add(connection);
        _attacks = new(connection, _prefix);
    }

    public ValueTask DisposeAsync()
    {
        foreach (var one in Enumerable.Reverse(_open)) one.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_used_is_not_used_again_where_the_record_of_its_use_was_taken_out(bool isOther)
    {
        var id = new RegisterId("ticket", "t");
        var other = await OpenAsync();
        await MoveAsync(id, 0, "approved");
        var approved = await _attacks.TakeAsync(id);
        Assert.IsType<Outcome.Done>(await _ledger.CommitAsync(Used(), Token));
        await Eventually.HoldsAsync(() => other.ReadUpTo >= 2, "the other reads that it was used");

        await _attacks.TakeOutAsync(2);
        await _ledger.AppendAsync(Some.Record(), Token);
        await _attacks.PutAsync(id, approved);

        // One that followed knows that it was used; one that starts now knows that something is missing.
        var judge = isOther ? other : await OpenAsync();
        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await judge.CommitAsync(Used(), Token));
        Assert.NotEmpty(judge.Health.AlarmsAt(DateTimeOffset.MaxValue));
        // What was made afterwards is not in doubt.
        await MoveAsync(new("ticket", "later"), 0, "approved");
        Assert.IsType<Outcome.Done>(await judge.CommitAsync(ChangeOf(new("ticket", "later"), 1, "executing") with { Epoch = judge.Epoch }, Token));

        Change Used() => ChangeOf(id, 1, "executing") with { Epoch = _ledger.Epoch };
    }

    [Fact]
    public async Task What_another_run_lost_keeps_nobody_from_deciding_what_still_waits()
    {
        await MoveAsync(new("ticket", "t"), 0, "pending");
        await _ledger.AppendAsync(Some.Record(), Token);
        await _attacks.TakeOutAsync(2);
        await home.Server.RestartAsync();
        await Eventually.HoldsAsync(AppendsAsync, "the restarted server records");

        var judge = await OpenAsync();
        Assert.IsType<Outcome.Done>(await judge.CommitAsync(ChangeOf(new("ticket", "t"), 1, "approved") with { Epoch = judge.Epoch }, Token));
    }

    private async Task<bool> AppendsAsync()
    {
        try
        {
            await _ledger.AppendAsync(Some.Record(), Token);
            return true;
        }
        catch (LedgerUnavailableException)
        {
            return false;
        }
    }

    private async Task MoveAsync(RegisterId id, int from, string state) =>
        Assert.IsType<Outcome.Done>(await _ledger.CommitAsync(ChangeOf(id, from, state), Token));

    private static Change ChangeOf(RegisterId id, int from, string state) =>
        new([Some.Record(ticket: id.Key, detail: id.Key)], [new(id, from, Encoding.UTF8.GetBytes(state)) { LiveGroup = id.Key }]);

    private async Task<RedisLedger> OpenAsync()
    {
        var (ledger, connection) = await home.OpenAsync(RedisHome.OptionsOf(_prefix));
        _open.AddRange([connection, ledger]);
        return ledger;
    }
}
