using System.Text;
using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Redis;

namespace AiAccessProxy.Tests.Ledger.Redis;

/// <summary>Somebody takes a record out of the stream, so that what it told never happened: nothing is used on the strength of that.</summary>
public sealed class MissingRecordsTests(RedisHome home) : IClassFixture<RedisHome>, IAsyncLifetime
{
    private AttackedStore _store = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _store = await AttackedStore.OpenAsync(home);

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_used_is_not_used_again_where_the_record_of_its_use_was_taken_out(bool isOther)
    {
        var id = new RegisterId("ticket", "t");
        var other = await _store.JoinAsync();
        await _store.MoveAsync(id, 0, "approved");
        var approved = await _store.Attacks.TakeAsync(id);
        Assert.IsType<Outcome.Done>(await _store.Ledger.CommitAsync(Used(), Token));
        await Eventually.HoldsAsync(() => other.ReadUpTo >= 2, "the other reads that it was used");

        await _store.Attacks.TakeOutAsync(2);
        await _store.Ledger.AppendAsync(Some.Record(), Token);
        await _store.Attacks.PutAsync(id, approved);

        // One that followed knows that it was used; one that starts now knows that something is missing.
        var judge = isOther ? other : await _store.JoinAsync();
        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await judge.CommitAsync(Used(), Token));
        Assert.NotEmpty(judge.Health.AlarmsAt(DateTimeOffset.MaxValue));
        // What was made afterwards is not in doubt.
        await _store.MoveAsync(new("ticket", "later"), 0, "approved");
        Assert.IsType<Outcome.Done>(await judge.CommitAsync(AttackedStore.ChangeOf(new("ticket", "later"), 1, "executing") with { Epoch = judge.Epoch }, Token));

        Change Used() => AttackedStore.ChangeOf(id, 1, "executing") with { Epoch = _store.Ledger.Epoch };
    }

    [Fact]
    public async Task What_another_ended_at_the_revision_at_which_it_is_known_to_live_is_an_altered_store_and_nobodys_mistake()
    {
        var id = new RegisterId("ticket", "t");
        await _store.MoveAsync(id, 0, "approved");
        var approved = await _store.Attacks.TakeAsync(id);
        await _store.MoveAsync(id, 1, "executing");
        await _store.Attacks.ForgetLastAsync();
        await _store.Attacks.PutAsync(id, approved);
        var other = await _store.JoinAsync();
        var end = new Change([Some.Record(ticket: id.Key)], [new(id, 1, "expired"u8.ToArray())]);
        Assert.IsType<Outcome.Done>(await other.CommitAsync(end, Token));

        var refused = await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await _store.Ledger.CommitAsync(AttackedStore.ChangeOf(id, 2, "still executing"), Token));
        Assert.True(refused.IsAltered);
    }

    [Fact]
    public async Task What_another_run_lost_keeps_nobody_from_deciding_what_still_waits()
    {
        await _store.MoveAsync(new("ticket", "t"), 0, "pending");
        await _store.Ledger.AppendAsync(Some.Record(), Token);
        await _store.Attacks.TakeOutAsync(2);
        await home.Server.RestartAsync();
        await Eventually.HoldsAsync(AppendsAsync, "the restarted server records");

        var judge = await _store.JoinAsync();
        Assert.IsType<Outcome.Done>(await judge.CommitAsync(AttackedStore.ChangeOf(new("ticket", "t"), 1, "approved") with { Epoch = judge.Epoch }, Token));
    }

    private async Task<bool> AppendsAsync()
    {
        try
        {
            await _store.Ledger.AppendAsync(Some.Record(), Token);
            return true;
        }
        catch (LedgerUnavailableException)
        {
            return false;
        }
    }
}
