using System.Runtime.CompilerServices;
using System.Text;
using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Redis;
using AiAccessProxy.Ledger.Redis.Connecting;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiAccessProxy.Tests.Ledger.Redis;

/// <summary>A Redis that stops, dies, is full or was put back: what was not acknowledged did not happen, and what was, did.</summary>
public sealed class RedisOutageTests : IAsyncLifetime
{
    private readonly List<IDisposable> _open = [];
    private RedisServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await RedisServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var one in Enumerable.Reverse(_open)) one.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_move_whose_answer_did_not_come_in_time_is_settled_by_reading_back_and_made_once_or_not()
    {
        var ledger = await OpenAsync(timeout: 100);
        for (var round = 0; round < Some.Runs(6); round++)
        {
            var id = new RegisterId("ticket", $"t_{round}");
            _server.Pause();
            var asked = ledger.CommitAsync(ChangeOf(id, 0, "x"), Token).AsTask();
            await Task.Delay(TimeSpan.FromMilliseconds(60 * (round + 1)), TimeProvider.System, Token);
            _server.Continue();
            var isDone = false;
            try
            {
                isDone = await asked is Outcome.Done;
            }
            catch (LedgerUnavailableException)
            {
                // Nobody could tell in time; it may be there.
            }

            var (standing, told) = ((Register?)null, 0);
            // A tenth of a second is short on a busy machine.
            await UntilAsync(() => AnswersAsync(async () =>
            {
                standing = await ledger.ReadAsync(id, Token);
                told = await ledger.ReadFromAsync(Position.Start, Token).CountAsync(entry => entry.Record.Detail == id.Key, Token);
            }));
            if (isDone) Assert.Equal("x", Encoding.UTF8.GetString(standing!.State.Span));
            Assert.Equal(standing is null ? 0 : 1, told);
        }

        Assert.Empty(ledger.Health.AlarmsAt(DateTimeOffset.MaxValue));
    }

    [Fact]
    public async Task While_redis_is_stopped_nothing_is_recorded_and_it_goes_on_by_itself()
    {
        var ledger = await OpenAsync();
        await ledger.AppendAsync(Some.Record(), Token);
        _server.Pause();

        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await ledger.AppendAsync(Some.Record(detail: "lost"), Token));
        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await ledger.ReadAsync(new("ticket", "t"), Token));
        Assert.False(ledger.Health.IsOk);
        _server.Continue();

        await UntilAsync(async () => await ReadsAsync(ledger));
        await ledger.AppendAsync(Some.Record(detail: "after"), Token);
        await UntilAsync(() => Task.FromResult(ledger.Health.IsOk));
        // The one that was refused was void when Redis went on.
        Assert.DoesNotContain("lost", await ledger.ReadFromAsync(Position.Start, Token).Select(entry => entry.Record.Detail).ToListAsync(Token));
    }

    [Fact]
    public async Task After_redis_was_killed_every_acknowledged_record_is_there_and_approvals_of_the_run_before_are_refused()
    {
        var ledger = await OpenAsync();
        var before = ledger.Epoch;
        for (var i = 0; i < 20; i++) await ledger.AppendAsync(Some.Record(detail: $"{i}"), Token);
        await _server.KillAsync();
        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await ledger.AppendAsync(Some.Record(), Token));
        await _server.RestartAsync();

        await UntilAsync(async () => await ReadsAsync(ledger) && ledger.Epoch != before);

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}"), await ledger.ReadFromAsync(Position.Start, Token).Select(entry => entry.Record.Detail).ToListAsync(Token));
        Assert.Equal(
            new Outcome.NewEpoch(ledger.Epoch), await ledger.CommitAsync(ChangeOf(new("ticket", "t"), 0, "x") with { Epoch = before }, Token));
        Assert.Contains("Redis runs anew", Assert.Single(ledger.Health.AlarmsAt(TimeProvider.System.GetUtcNow())).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_back_to_an_older_state_it_revives_nothing_and_no_position_is_given_twice()
    {
        var (ledger, id) = (await OpenAsync(), new RegisterId("ticket", "t"));
        await ledger.CommitAsync(ChangeOf(id, 0, "approved"), Token);
        var image = File.ReadAllBytes(Directory.GetFiles(Path.Combine(_server.Folder, "appendonlydir"), "*.incr.aof").Single());
        Assert.IsType<Outcome.Done>(await ledger.CommitAsync(ChangeOf(id, 1, "used"), Token));
        await _server.KillAsync();
        await File.WriteAllBytesAsync(Directory.GetFiles(Path.Combine(_server.Folder, "appendonlydir"), "*.incr.aof").Single(), image, Token);
        await _server.RestartAsync();
        await UntilAsync(async () => await ReadsAsync(ledger));

        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await ledger.ReadAsync(id, Token));
        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await ledger.CommitAsync(ChangeOf(id, 1, "used again"), Token));
        await UntilAsync(() => Task.FromResult(ledger.Health.AlarmsAt(TimeProvider.System.GetUtcNow()).Any(alarm => alarm.Why.Contains("went back", StringComparison.Ordinal))));
        Assert.True((await ledger.AppendAsync(Some.Record(), Token)).Number > 3);
    }

    [Fact]
    public async Task A_server_that_comes_in_its_place_and_would_lose_records_is_given_none_until_it_is_set_right()
    {
        var options = Options(1500);
        var connection = await RedisConnection.OpenAsync(options, TimeProvider.System, NullLogger.Instance);
        var ledger = await RedisLedger.OpenAsync(
            connection, options, TimeProvider.System, NullLogger.Instance, wrong: () => OpenRedis.WrongAsync(connection, options, LedgerDurability.Standard, TimeProvider.System));
        _open.AddRange([connection, ledger]);
        await ledger.AppendAsync(Some.Record(), Token);

        await _server.RestartAsync("appendfsync everysec", "maxmemory-policy allkeys-lru");

        await UntilAsync(() => Task.FromResult(ledger.Health.AlarmsAt(TimeProvider.System.GetUtcNow()).Any(
            alarm => alarm.Why.Contains("appendfsync everysec", StringComparison.Ordinal) && alarm.Why.Contains("allkeys-lru", StringComparison.Ordinal))));
        var refused = await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await ledger.AppendAsync(Some.Record(), Token));
        Assert.Contains("set appendfsync always", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await ledger.CommitAsync(ChangeOf(new("ticket", "t"), 0, "x"), Token));
        var looks = ledger.Looks;
        await UntilAsync(() => Task.FromResult(ledger.Looks > looks + 1));
        Assert.False(ledger.Health.IsOk);

        await _server.CliAsync("CONFIG", "SET", "appendfsync", "always");
        await _server.CliAsync("CONFIG", "SET", "maxmemory-policy", "noeviction");
        await UntilAsync(() => Task.FromResult(ledger.Health.IsOk));
        Assert.IsType<Outcome.Done>(await ledger.CommitAsync(ChangeOf(new("ticket", "t"), 0, "x"), Token));
    }

    [Fact]
    public async Task A_full_redis_refuses_and_goes_on_when_there_is_room()
    {
        var ledger = await OpenAsync();
        await _server.CliAsync("CONFIG", "SET", "maxmemory", "1mb");
        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await ledger.AppendAsync(Some.Record(), Token));
        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await ledger.CommitAsync(ChangeOf(new("ticket", "t"), 0, "x"), Token));
        await _server.CliAsync("CONFIG", "SET", "maxmemory", "0");

        await ledger.AppendAsync(Some.Record(), Token);
        Assert.Equal(1, await ledger.ReadFromAsync(Position.Start, Token).CountAsync(Token));
        await UntilAsync(() => Task.FromResult(ledger.Health.IsOk));
        Assert.Empty(ledger.Health.AlarmsAt(DateTimeOffset.MaxValue));
    }

    [Fact]
    public async Task A_lost_hint_is_caught_by_the_stream()
    {
        var (ledger, other) = (await OpenAsync(), await OpenAsync());
        await using var hints = other.ChangesAsync(Token).GetAsyncEnumerator(Token);
        // Nobody hears what is published from here on.
        await _server.CliAsync("ACL", "SETUSER", "default", "resetchannels");
        await ledger.CommitAsync(ChangeOf(new("ticket", "t"), 0, "x"), Token);

        Assert.True(await hints.MoveNextAsync());
        Assert.Equal(new("ticket", "t"), hints.Current);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_ledger_that_hears_nothing_from_redis_says_for_how_long()
    {
        var ledger = await OpenAsync();
        _server.Pause();
        await UntilAsync(() => Task.FromResult(ledger.Lag > TimeSpan.FromSeconds(2)));
        _server.Continue();
        await UntilAsync(() => Task.FromResult(ledger.Lag < TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public async Task That_nothing_moved_costs_a_question_however_much_is_known()
    {
        var (ledger, other) = (await OpenAsync(), await OpenAsync());
        var known = Enumerable.Range(0, 500).Select(i => new Seen(new("ticket", $"t_{i}"), 1)).ToList();
        foreach (var (id, _) in known) await other.CommitAsync(ChangeOf(id, 0, "x"), Token);
        await ledger.ReadMovedAsync([.. known.Select(one => one with { Revision = 0 })], upToNow: true, Token).CountAsync(Token);
        await _server.CliAsync("CONFIG", "RESETSTAT");
        for (var i = 0; i < 20; i++) Assert.Empty(await ledger.ReadMovedAsync(known, upToNow: true, Token).ToListAsync(Token));
        var read = System.Text.RegularExpressions.Regex.Match(await _server.CliAsync("INFO", "commandstats"), @"cmdstat_hmget:calls=(\d+)").Groups[1].Value;

        // One each for the twenty questions, and what both ask by themselves meanwhile; ten thousand if each were read.
        Assert.InRange(int.Parse(read, System.Globalization.CultureInfo.InvariantCulture), 20, 2000);
        await other.CommitAsync(ChangeOf(known[7].Id, 1, "moved"), Token);
        Assert.Equal([known[7].Id], await ledger.ReadMovedAsync(known, upToNow: true, Token).Select(one => one.Id).ToListAsync(Token));
    }

    [Fact]
    public async Task A_hint_that_lies_is_worth_nothing_and_raises_no_alarm()
    {
        string[] lies = ["""["9000000000000000000"]""", """["99999999999999999999999","ticket/never"]""", """["-1",null]""", """["/","x"]""", "null", "no hint"];
        var (ledger, other) = (await OpenAsync(), await OpenAsync());
        await using var hints = other.ChangesAsync(Token).GetAsyncEnumerator(Token);
        foreach (var lie in lies.Concat(lies)) await _server.CliAsync("PUBLISH", "{any}:hints", lie);
        await ledger.CommitAsync(ChangeOf(new("ticket", "t"), 0, "x"), Token);

        do Assert.True(await hints.MoveNextAsync());
        while (hints.Current != new RegisterId("ticket", "t"));
        var looks = other.Looks;
        await UntilAsync(() => Task.FromResult(other.Looks > looks + 1));
        Assert.Empty(other.Health.AlarmsAt(DateTimeOffset.MaxValue));
    }

    [Fact]
    public async Task What_a_record_and_a_register_cost_redis_is_what_the_documentation_says()
    {
        var ledger = await OpenAsync();
        var record = Some.Record() with
        {
            Agent = new("billing-bot", "ada", "joan", "key:k1"),
            Action = new()
            {
                Name = "payment.refund",
                Risk = "high",
                Route = "payments",
                Method = "POST",
                Target = "/v1/charges/ch_0123456789/refunds",
                BodySha256 = new string('a', 64),
                BodyBytes = 120,
                Digest = new string('b', 64),
                Credential = "live",
            },
            Rules = ["refund-large-or-whole"],
            Policy = new string('c', 64),
            Decision = "allow",
            Trace = new string('d', 32),
        };
        for (var i = 0; i < 2000; i++) await ledger.AppendAsync(record, Token);
        await ledger.CommitAsync(new([record], [new(new("ticket", "t"), 0, new byte[4096]) { LiveGroup = "billing-bot" }]), Token);

        var (stream, register) = (await UsedAsync("records") / 2001.0, await UsedAsync("register:ticket/t"));
        TestContext.Current.SendDiagnosticMessage($"{stream:0} bytes a record, {register} a register with a state of 4096 bytes");
        Assert.InRange(stream, 700, 2000);
        Assert.InRange(register, 4096, 6500);

        async Task<double> UsedAsync(string key) => double.Parse(
            await _server.CliAsync("MEMORY", "USAGE", $"{{any}}:{key}", "SAMPLES", "0"), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static Change ChangeOf(RegisterId id, int from, string state) =>
        new([Some.Record(detail: id.Key)], [new(id, from, Encoding.UTF8.GetBytes(state)) { LiveGroup = "some-agent" }]);

    private RedisOptions Options(int timeout)
    {
        var options = RedisHome.OptionsOf("any");
        options.Configuration = _server.Address;
        options.Timeout = TimeSpan.FromMilliseconds(timeout);
        return options;
    }

    private async Task<RedisLedger> OpenAsync(int timeout = 1500)
    {
        var options = Options(timeout);
        var connection = await RedisConnection.OpenAsync(options, TimeProvider.System, NullLogger.Instance);
        var ledger = await RedisLedger.OpenAsync(connection, options, TimeProvider.System, NullLogger.Instance);
        _open.AddRange([connection, ledger]);
        return ledger;
    }

    private static Task<bool> ReadsAsync(RedisLedger ledger) => AnswersAsync(async () => await ledger.LiveCountAsync("ticket", "any", Token));

    private static async Task<bool> AnswersAsync(Func<Task> ask)
    {
        try
        {
            await ask();
            return true;
        }
        catch (LedgerUnavailableException)
        {
            return false;
        }
    }

    private static Task UntilAsync(Func<Task<bool>> done, [CallerArgumentExpression(nameof(done))] string what = "") => Eventually.HoldsAsync(done, what);
}
