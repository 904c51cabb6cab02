using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Redis.Connecting;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace AiAccessProxy.Tests.Ledger.Redis;

public sealed class RedisConnectionTests
{
    [Fact]
    public async Task A_thread_on_which_an_answer_arrived_may_be_blocked_and_later_answers_still_arrive()
    {
        await using var server = await RedisServer.StartAsync();
        using var redis = await OpenAsync(server);
        using var release = new ManualResetEventSlim();
        var blocked = Task.Run(async () =>
        {
            await redis.AskAsync("PING");
            return release.Wait(Eventually.Generous, TestContext.Current.CancellationToken);
        }, TestContext.Current.CancellationToken);

        // With the library's default order each of these would wait for the one above.
        for (var i = 0; i < 20; i++) Assert.IsType<RedisReply.Answered>(await redis.AskAsync("PING"));
        release.Set();
        Assert.True(await blocked);
    }

    [Fact]
    public async Task While_redis_is_stopped_every_call_ends_and_nothing_is_sent_after_the_first_that_got_no_answer()
    {
        await using var server = await RedisServer.StartAsync();
        using var redis = await OpenAsync(server, options => options.Timeout = TimeSpan.FromMilliseconds(300));
        Assert.IsType<RedisReply.Answered>(await redis.AskAsync("SET", "a", "1"));

        server.Pause();
        Assert.IsType<RedisReply.PerhapsDone>(await redis.AskAsync("INCR", "a"));
        for (var i = 0; i < 50; i++) Assert.IsType<RedisReply.NotSent>(await redis.AskAsync("INCR", "a"));
        server.Continue();

        await UntilAsync(async () => await redis.AskAsync("PING") is RedisReply.Answered);
        // What was perhaps done was done, late; what was refused here never was.
        Assert.Equal("2", await server.CliAsync("GET", "a"));
    }

    [Fact]
    public async Task It_comes_back_by_itself_after_redis_was_killed_and_says_that_it_did()
    {
        await using var server = await RedisServer.StartAsync();
        using var redis = await OpenAsync(server);
        var restored = 0;
        redis.Restored += () => Interlocked.Increment(ref restored);
        const string Script = "return redis.call('INCR', KEYS[1])";
        Assert.IsType<RedisReply.Answered>(await redis.RunAsync(Script, [redis.Keys.Of("n")], []));

        await server.KillAsync();
        Assert.IsNotType<RedisReply.Answered>(await redis.AskAsync("PING"));
        await server.RestartAsync();

        await UntilAsync(async () => await redis.AskAsync("PING") is RedisReply.Answered);
        // The new server does not know the script; nobody has to care.
        var again = Assert.IsType<RedisReply.Answered>(await redis.RunAsync(Script, [redis.Keys.Of("n")], []));
        Assert.Equal(2, (long)again.Result);
        await UntilAsync(() => Task.FromResult(Volatile.Read(ref restored) > 0));
    }

    [Theory]
    [InlineData("interactive", "ConnectedEstablishing")]
    [InlineData("interactive", "ConnectedEstablished")]
    [InlineData("subscription", "ConnectedEstablishing")]
    [InlineData("subscription", "ConnectedEstablished")]
    public async Task When_the_library_has_forgotten_a_socket_and_waits_for_it_another_connection_takes_over(string name, string state)
    {
        await using var server = await RedisServer.StartAsync();
        using var redis = await OpenAsync(server);
        var (heard, restored) = (0, 0);
        await redis.ListenAsync(redis.Keys.Channel("moved"), _ => Interlocked.Increment(ref heard));
        redis.Restored += () => Interlocked.Increment(ref restored);
        Assert.IsType<RedisReply.Answered>(await redis.AskAsync("PING"));

        // What a race of its threads leaves behind once in some thousand broken connections.
        var bridge = Field(((Array)Field(((RedisLine)Field(redis, "_line")).Redis, "serverSnapshot")).GetValue(0)!, name);
        FieldOf(bridge, "state").SetValue(bridge, Convert.ToInt32(Enum.Parse(bridge.GetType().GetNestedType("State", BindingFlags.Public | BindingFlags.NonPublic)!, state), CultureInfo.InvariantCulture));
        FieldOf(bridge, "physical").SetValue(bridge, null);
        Assert.Equal(name == "subscription", await redis.AskAsync("PING") is RedisReply.Answered);

        await UntilAsync(() => Task.FromResult(Volatile.Read(ref restored) > 0));
        await UntilAsync(async () => await redis.AskAsync("PING") is RedisReply.Answered);
        await UntilAsync(async () => await server.CliAsync("PUBLISH", "{ai-access}:moved", "on") != "0" && Volatile.Read(ref heard) > 0);
    }

    [Fact]
    public async Task What_was_sent_before_another_connection_took_over_is_never_told_as_not_sent()
    {
        await using var server = await RedisServer.StartAsync();
        using var redis = await OpenAsync($"{server.Address},connectTimeout=500", options => options.Timeout = TimeSpan.FromSeconds(25));
        var restored = 0;
        await redis.ListenAsync(redis.Keys.Channel("moved"), _ => { });
        redis.Restored += () => Interlocked.Increment(ref restored);
        var library = ((RedisLine)Field(redis, "_line")).Redis;
        server.Pause();
        var asked = redis.AskAsync("INCR", "a");
        await UntilAsync(() => Task.FromResult(library.GetCounters().Interactive.SentItemsAwaitingResponse > 0));

        var bridge = Field(((Array)Field(library, "serverSnapshot")).GetValue(0)!, "subscription");
        FieldOf(bridge, "physical").SetValue(bridge, null);
        await UntilAsync(() => Task.FromResult(Volatile.Read(ref restored) > 0));
        server.Continue();

        Assert.IsNotType<RedisReply.NotSent>(await asked);
        Assert.Equal("1", await server.CliAsync("GET", "a"));
    }

    [Fact]
    public async Task What_is_published_is_heard_also_after_redis_was_away()
    {
        await using var server = await RedisServer.StartAsync();
        using var redis = await OpenAsync(server);
        var heard = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await redis.ListenAsync(redis.Keys.Channel("moved"), message => heard.Enqueue(message!));

        await PublishUntilHeardAsync("before");
        await server.RestartAsync();
        await PublishUntilHeardAsync("after");

        Task PublishUntilHeardAsync(string word) => UntilAsync(async () =>
        {
            await server.CliAsync("PUBLISH", "{ai-access}:moved", word);
            return heard.Contains(word);
        });
    }

    [Fact]
    public async Task An_error_of_the_server_is_told_from_silence()
    {
        await using var server = await RedisServer.StartAsync();
        using var redis = await OpenAsync(server);
        Assert.IsType<RedisReply.Answered>(await redis.AskAsync("SET", "text", "a"));

        var refused = Assert.IsType<RedisReply.Refused>(await redis.AskAsync("LPUSH", "text", "b"));
        Assert.StartsWith("WRONGTYPE", refused.Error, StringComparison.Ordinal);
        await server.CliAsync("CONFIG", "SET", "maxmemory", "1");
        var full = Assert.IsType<RedisReply.Refused>(await redis.RunAsync("return redis.call('SET', KEYS[1], 'x')", [redis.Keys.Of("a")], []));
        Assert.Contains("OOM", full.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_is_taken_from_either_setting_and_never_told()
    {
        await using var server = await RedisServer.StartAsync("requirepass open-sesame");
        using (await OpenAsync(server, options => options.Password = "open-sesame"))
        using (await OpenAsync(server, options => options.Configuration += ",password=open-sesame"))
        {
        }

        var none = await Assert.ThrowsAsync<LedgerRefusedException>(() => OpenAsync(server));
        Assert.Contains("ledger:redis:password", none.Message, StringComparison.Ordinal);
        var wrong = await Assert.ThrowsAsync<LedgerRefusedException>(() => OpenAsync(server, options => options.Password = "swordfish"));
        Assert.Contains("ledger:redis:password", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("swordfish", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redis_that_is_not_there_refuses_in_one_line_that_says_where_it_was_sought()
    {
        var server = await RedisServer.StartAsync();
        var address = server.Address;
        await server.DisposeAsync();

        var refused = await Assert.ThrowsAsync<LedgerRefusedException>(() => OpenAsync(address, _ => { }));
        Assert.StartsWith($"Redis at {address} cannot be reached", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    internal static RedisOptions Options(string address, Action<RedisOptions>? change = null)
    {
        var options = new RedisOptions { Configuration = address, Timeout = TimeSpan.FromSeconds(5) };
        options.Secrets.Add("a secret of the tests that is long enough");
        change?.Invoke(options);
        Assert.Empty(options.Problems());
        return options;
    }

    private static Task<RedisConnection> OpenAsync(RedisServer server, Action<RedisOptions>? change = null) => OpenAsync(server.Address, change);

    private static Task<RedisConnection> OpenAsync(string address, Action<RedisOptions>? change) =>
        RedisConnection.OpenAsync(Options(address, change), TimeProvider.System, NullLogger.Instance);

    private static object Field(object of, string field) => FieldOf(of, field).GetValue(of)!;

    private static FieldInfo FieldOf(object of, string field) => of.GetType().GetField(field, BindingFlags.Instance | BindingFlags.NonPublic)!;

    private static Task UntilAsync(Func<Task<bool>> holds, [CallerArgumentExpression(nameof(holds))] string what = "") => Eventually.HoldsAsync(holds, what);
}
