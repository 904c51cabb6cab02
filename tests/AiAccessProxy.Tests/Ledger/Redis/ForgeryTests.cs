using System.Runtime.CompilerServices;
using System.Text;
using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Redis;
using AiAccessProxy.Ledger.Redis.Connecting;

namespace AiAccessProxy.Tests.Ledger.Redis;

/// <summary>Whoever can write to Redis can stop the ledger, and can make it believe nothing.</summary>
public sealed class ForgeryTests(RedisHome home) : IClassFixture<RedisHome>, IAsyncLifetime
{
    private const string Secret = "some-secret-that-all-instances-share";

    private AttackedStore _store = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _store = await AttackedStore.OpenAsync(home);

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Of_forged_edited_and_replayed_states_none_is_read_listed_found_or_used()
    {
        var random = new Random(6);
        var honoured = 0;
        for (var round = 0; round < Some.Runs(220); round++)
        {
            var id = new RegisterId("ticket", $"t_{round}");
            var seen = new List<byte[][]>();
            foreach (var state in new[] { "pending", "approved", "executing" }.Take(random.Next(2, 4)))
            {
                await _store.MoveAsync(id, seen.Count, state);
                seen.Add(await _store.Attacks.TakeAsync(id));
            }

            await AttackAsync(random, id, seen);
            // Also one that was not there when it happened.
            var judge = round % 5 == 0 ? await _store.JoinAsync() : _store.Ledger;
            honoured += await IsHonouredAsync(judge, id, seen.Count, random.Next(2) == 0) ? 1 : 0;
        }

        Assert.Equal(0, honoured);
        Assert.NotEmpty(_store.Ledger.Health.AlarmsAt(DateTimeOffset.MaxValue));
        Assert.True(_store.Ledger.Health.IsOk);
    }

    [Fact]
    public async Task Records_that_none_of_us_wrote_so_are_not_shown_and_raise_an_alarm()
    {
        for (var i = 0; i < 20; i++) await _store.MoveAsync(new("ticket", $"t_{i}"), 0, $"state {i}");
        var random = new Random(7);
        var entries = await _store.Attacks.RecordsAsync();
        var stranger = new RecordSeal(new SealKeys(["a secret that nobody else here has got"], _store.Prefix));
        for (var i = 0; i < Some.Runs(200); i++)
        {
            var fields = entries[random.Next(entries.Count)].Fields;
            var record = Encoding.UTF8.GetBytes("""{"id":"0198c1b2-0000-7000-8000-000000000000","time":"2026-01-01T00:00:00Z","kind":"vote.approve","instance":"x"}""");
            await _store.Attacks.AppendAsync(random.Next(4) switch
            {
                0 => fields,
                1 => StoreAttacks.With(fields, "record", Encoding.UTF8.GetString(record)),
                2 => StoreAttacks.With(fields, "moves", """[{"Id":"ticket/t_1","Revision":2,"Seal":"00","Before":"","IsLive":true,"ForgetAfter":null}]"""),
                _ => [.. StoreAttacks.With(fields, "record", Encoding.UTF8.GetString(record)).SkipLast(1), stranger.Close("w", i + 1, record, [])],
            });
            if (i % 20 == 0) await _store.MoveAsync(new("ticket", $"u_{i}"), 0, "between");
        }

        await UntilAsync(async () => await _store.Ledger.ReadFromAsync(Position.Start, Token).CountAsync(Token) == 20 + (Some.Runs(200) / 20));
        Assert.NotEmpty(_store.Ledger.Health.AlarmsAt(DateTimeOffset.MaxValue));
    }

    [Fact]
    public async Task A_record_that_is_taken_out_raises_an_alarm_also_when_the_stream_is_written_anew_without_it()
    {
        for (var i = 0; i < 10; i++) await _store.MoveAsync(new("ticket", $"t_{i}"), 0, "x");
        var entries = await _store.Attacks.RecordsAsync();
        await _store.Attacks.TakeOutAsync(5);
        await _store.Attacks.DeleteAsync(new("ticket", "t_6"));

        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await _store.Ledger.ReadAsync(new("ticket", "t_6"), Token));
        var fresh = await _store.JoinAsync();
        Assert.Equal("x", Text(await fresh.ReadAsync(new("ticket", "t_1"), Token)));
        Assert.Contains(fresh.Health.AlarmsAt(DateTimeOffset.MaxValue), alarm => alarm.Why.Contains("Positions 5 to 5 are missing", StringComparison.Ordinal));

        // A copy of the first in place of the last, so that no position is missing.
        await _store.Attacks.RewriteAsync([.. entries.SkipLast(1), (entries[^1].Id, entries[0].Fields)]);
        var late = await _store.JoinAsync();
        Assert.Equal(9, await late.ReadFromAsync(Position.Start, Token).CountAsync(Token));
        Assert.Contains(late.Health.AlarmsAt(DateTimeOffset.MaxValue), alarm => alarm.Why.Contains("is a copy of another", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_record_that_its_writer_knows_of_and_that_is_gone_raises_an_alarm_where_no_position_is_missing()
    {
        var other = await _store.JoinAsync();
        for (var i = 0; i < 5; i++) await _store.MoveAsync(new("ticket", $"t_{i}"), 0, "x");
        await UntilAsync(() => Task.FromResult(other.ReadUpTo >= 5));
        Assert.Empty(other.Health.AlarmsAt(DateTimeOffset.MaxValue));

        await _store.Attacks.ForgetLastAsync();

        await UntilAsync(() => Task.FromResult(other.Health.AlarmsAt(DateTimeOffset.MaxValue).Count > 0));
    }

    [Fact]
    public async Task Changes_that_were_refused_and_changes_at_once_raise_no_alarm()
    {
        var (one, other) = (await _store.JoinAsync(), await _store.JoinAsync());
        var id = new RegisterId("ticket", "t");
        await _store.MoveAsync(id, 0, "x");
        for (var revision = 1; revision < 30; revision++)
        {
            var from = revision;
            var outcomes = await Task.WhenAll(new[] { one, other, _store.Ledger, one, other, _store.Ledger }.Select(ledger => ledger.CommitAsync(AttackedStore.ChangeOf(id, from, "y"), Token).AsTask()));
            Assert.Single(outcomes.OfType<Outcome.Done>());
            await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => one.AppendAsync(Some.Record(), Token).AsTask()));
        }

        var (at, looks) = (one.Looks, other.Looks);
        await UntilAsync(() => Task.FromResult(one.Looks > at + 2 && other.Looks > looks + 2));
        Assert.All(new[] { one, other, _store.Ledger }, ledger => Assert.Empty(ledger.Health.AlarmsAt(DateTimeOffset.MaxValue)));
    }

    [Fact]
    public async Task An_index_that_leads_elsewhere_is_not_followed()
    {
        var (mine, theirs) = (new RegisterId("ticket", "mine"), new RegisterId("ticket", "theirs"));
        await _store.MoveAsync(mine, 0, "pending", new UniqueKey("digest"));
        await _store.MoveAsync(theirs, 0, "approved", new UniqueKey("other"));
        await _store.Attacks.PointAsync("digest", theirs);

        Assert.Null(await _store.Ledger.FindAsync(new("digest"), Token));
        Assert.Contains(_store.Ledger.Health.AlarmsAt(DateTimeOffset.MaxValue), alarm => alarm.Why.Contains("does not hold it", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_secret_may_be_changed_while_the_one_before_is_still_accepted_and_one_that_is_gone_opens_nothing()
    {
        var id = new RegisterId("ticket", "t");
        await _store.MoveAsync(id, 0, "under the old secret");
        const string Next = "another-secret-that-all-instances-share";

        var both = await _store.JoinAsync(Next, Secret);
        Assert.Equal("under the old secret", Text(await both.ReadAsync(id, Token)));
        Assert.IsType<Outcome.Done>(await both.CommitAsync(AttackedStore.ChangeOf(id, 1, "under the new secret"), Token));
        Assert.Equal("under the new secret", Text(await (await _store.JoinAsync(Next, Secret)).ReadAsync(id, Token)));
        var without = await _store.JoinAsync("a-third-secret-that-nobody-else-has-got");
        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await without.ReadAsync(id, Token));
        Assert.Empty(await without.ReadFromAsync(Position.Start, Token).ToListAsync(Token));
    }

    private async Task AttackAsync(Random random, RegisterId id, List<byte[][]> seen)
    {
        var now = seen[^1];
        switch (random.Next(7))
        {
            case 0:
                await _store.Attacks.PutAsync(id, seen[random.Next(seen.Count - 1)]);
                break;
            case 1:
                var edited = (byte[])now[^1].Clone();
                edited[random.Next(edited.Length)] ^= (byte)(1 << random.Next(8));
                await _store.Attacks.SetAsync(id, "sealed", edited);
                break;
            case 2:
                await _store.Attacks.SetAsync(id, "sealed", StoreAttacks.Refused(id, seen.Count, "forged", "a secret that nobody else here has got", _store.Prefix));
                break;
            case 3:
                await _store.Attacks.SetAsync(id, "sealed", StoreAttacks.Refused(id, seen.Count, "refused, and put in", Secret, _store.Prefix));
                break;
            case 4:
                await _store.Attacks.SetAsync(id, "sealed", StoreAttacks.Refused(id, seen.Count + 1, "refused, and put in", Secret, _store.Prefix));
                await _store.Attacks.SetAsync(id, "revision", seen.Count + 1);
                break;
            case 5:
                await _store.Attacks.SetAsync(id, "sealed", StoreAttacks.Refused(id, seen.Count, "of another ledger", Secret, "another"));
                break;
            default:
                await _store.Attacks.SetAsync(id, "revision", seen.Count - 1);
                break;
        }
    }

    /// <summary>Whether anybody got to see what is not so, or could move the register on from it.</summary>
    private async Task<bool> IsHonouredAsync(RedisLedger judge, RegisterId id, int revision, bool isUsed)
    {
        if (isUsed)
        {
            for (var from = revision - 1; from <= revision + 1; from++)
            {
                if (from == revision) continue;
                try
                {
                    if (await judge.CommitAsync(AttackedStore.ChangeOf(id, from, "used"), Token) is Outcome.Done) return true;
                }
                catch (LedgerUnavailableException)
                {
                    // Not to be acted on: that is what counts.
                }
            }
        }

        try
        {
            if (await judge.ReadAsync(id, Token) is not null) return true;
        }
        catch (LedgerUnavailableException)
        {
            // As it must be.
        }

        return await judge.LiveAsync("ticket", id.Key, Token).AnyAsync(register => register.Id == id, Token);
    }

    private static string? Text(Register? register) => register is null ? null : Encoding.UTF8.GetString(register.State.Span);

    private static Task UntilAsync(Func<Task<bool>> done, [CallerArgumentExpression(nameof(done))] string what = "") => Eventually.HoldsAsync(done, what);
}
