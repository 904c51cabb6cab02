using System.Collections.Concurrent;
using System.Globalization;
using AiAccessProxy.EndToEnd.Harness;
using AiAccessProxy.Ledger;
using AiAccessProxy.Tests.Ledger.Redis;

namespace AiAccessProxy.EndToEnd;

/// <summary>A Redis that stands still, dies, is full, takes no writes, or whose connection breaks while it is written to, under running proxies.</summary>
public class RedisTroubleTests
{
    private static readonly string[] Patient = ["--approvals:sendWithin", "20s", "--approvals:lease", "60s", "--gate:hold", "5m"];

    private readonly ConcurrentQueue<string> _acknowledged = new();

    private static ITestOutputHelper? Output => TestContext.Current.TestOutputHelper;

    [Fact]
    public async Task Whatever_becomes_of_redis_calls_are_refused_nothing_is_lost_and_the_same_processes_go_on()
    {
        await using var upstream = new RawUpstream();
        await using var fleet = await Fleet.StartAsync(2, policies => policies.Route("api", upstream.Address, Rules.WritesWait), Patient);
        var redis = fleet.Redis;
        var troubles = new (string Name, Func<Task> Begin, Func<Task> End)[]
        {
            ("stopped", Now(redis.Pause), Now(redis.Continue)),
            ("full", () => redis.CliAsync("CONFIG", "SET", "maxmemory", "1mb"), () => redis.CliAsync("CONFIG", "SET", "maxmemory", "0")),
            ("reserved", () => redis.CliAsync("CONFIG", "SET", "min-replicas-to-write", "1"), () => redis.CliAsync("CONFIG", "SET", "min-replicas-to-write", "0")),
            ("replica", () => redis.CliAsync("REPLICAOF", "127.0.0.1", "1"), () => redis.CliAsync("REPLICAOF", "NO", "ONE")),
            ("killed", redis.KillAsync, () => redis.RestartAsync()),
        };
        for (var round = 0; round < (LongRun.IsAskedFor ? 10 : 1); round++)
            foreach (var (name, begin, end) in troubles) await SufferAsync(fleet, upstream, $"{name}{round}", begin, end);

        RedisStory.Judge(await RedisStory.AllAsync(redis), upstream, _acknowledged);
        foreach (var proxy in new[] { 0, 1 })
        {
            var alarms = (await fleet.Reviewer(proxy, "hugo").GetAsync("/readyz")).Json.GetProperty("ledger").GetProperty("alarms").EnumerateArray()
                .Select(alarm => alarm.GetProperty("why").GetString()!).ToList();
            // None of it was another hand's doing.
            Assert.All(alarms, alarm => Assert.StartsWith("Redis runs anew", alarm, StringComparison.Ordinal));
            Assert.NotEmpty(alarms);
        }
    }

    [Fact]
    public async Task A_connection_that_is_cut_in_the_middle_of_an_append_or_of_its_answer_loses_nothing_and_sends_nothing_unrecorded()
    {
        await using var upstream = new RawUpstream();
        await using var fleet = await Fleet.StartAsync(0, policies => policies.Route("api", upstream.Address, Rules.WritesWait), Patient);
        await using var relay = new RedisRelay(fleet.Redis.Port);
        fleet.Through = relay.Address;
        await fleet.AddAsync();
        var (agent, grace, random) = (fleet.Agent(0), fleet.Reviewer(0, "grace"), new Random(20261121));
        var refused = 0;
        for (var round = 0; round < (LongRun.IsAskedFor ? 200 : 8); round++)
        {
            var (cuts, held) = (relay.Cuts, AskAsync(agent, "POST", $"/api/cut/{round}"));
            if (round % 2 == 0) relay.CutAsking(random.Next(3000));
            else relay.CutAnswering(random.Next(600));
            var calls = Enumerable.Range(0, 8).Select(i => agent.GetAsync($"/api/cut/{round}/{i}")).ToList();
            foreach (var call in calls)
            {
                var answer = await call;
                Assert.Contains(answer.Said, new[] { "200", "503 not-recordable" });
                if (answer.Status != 200) refused++;
            }

            for (var i = 0; i < calls.Count; i++) if ((await calls[i]).Status == 200) _acknowledged.Enqueue($"/cut/{round}/{i}");
            await EndAsync(grace, held, $"/cut/{round}");
            await Eventually.HoldsAsync(async () => relay.Cuts > cuts || await agent.GetAsync("/api/more") is null, "the cut");
        }

        RedisStory.Judge(await RedisStory.AllAsync(fleet.Redis), upstream, _acknowledged);
        Assert.Empty((await grace.GetAsync("/readyz")).Json.GetProperty("ledger").GetProperty("alarms").EnumerateArray());
        Output?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{relay.Cuts} cuts, {refused} reads refused, {_acknowledged.Count} calls acknowledged"));
    }

    private async Task SufferAsync(Fleet fleet, RawUpstream upstream, string name, Func<Task> begin, Func<Task> end)
    {
        var (agents, grace) = (new[] { fleet.Agent(0), fleet.Agent(1) }, fleet.Reviewer(1, "grace"));
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(200, (await AskAsync(agents[i % 2], "GET", $"/api/{name}/before/{i}")).Status);
            _acknowledged.Enqueue($"/{name}/before/{i}");
        }

        var held = AskAsync(agents[0], "POST", $"/api/{name}/held");
        var ticket = await grace.OnlyPendingAsync();
        var before = upstream.Requests.Count;

        await begin();
        var time = TimeProvider.System;
        var asked = time.GetTimestamp();
        var calls = Enumerable.Range(0, 20).Select(i => agents[i % 2].SendAsync(i % 4 < 2 ? "GET" : "POST", $"/api/{name}/refused/{i}", i % 4 < 2 ? null : "{}")).ToList();
        foreach (var call in calls) Assert.Equal("503 not-recordable", (await call).Said);
        var longest = calls.Max(call => time.GetElapsedTime(asked, call.Result.At));
        Assert.Equal(503, (await grace.ApproveAsync(ticket)).Status);
        Assert.Equal(before, upstream.Requests.Count);
        Assert.True(longest < TimeSpan.FromSeconds(30), $"{name}: answered after {longest}");

        await end();
        var ended = time.GetTimestamp();
        foreach (var (agent, i) in agents.Select((agent, i) => (agent, i)))
        {
            Assert.Equal(200, (await AskAsync(agent, "GET", $"/api/{name}/after/{i}")).Status);
            _acknowledged.Enqueue($"/{name}/after/{i}");
        }

        var back = time.GetElapsedTime(ended);
        await EndAsync(grace, held, $"/{name}/held");
        Output?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: refused within {longest.TotalMilliseconds:f0} ms, well again {back.TotalMilliseconds:f0} ms after"));
    }

    /// <summary>Approves until the call is answered; what was refused before may have left a ticket of its own, and is approved as well.</summary>
    private async Task EndAsync(Reviewer grace, Task<Answer> held, string target)
    {
        await Eventually.HoldsAsync(async () =>
        {
            foreach (var ticket in await grace.PendingAsync()) await grace.ApproveAsync(ticket);
            return held.IsCompleted;
        }, $"{target} is answered");
        var answer = await held;
        Assert.True(answer.Status == 200 || answer.Problem is "already-executed", $"{target}: {answer}");
        _acknowledged.Enqueue(target);
    }

    private static Func<Task> Now(Action act) => () =>
    {
        act();
        return Task.CompletedTask;
    };

    /// <summary>The identical call again for as long as the ledger cannot record it.</summary>
    private static Task<Answer> AskAsync(Agent agent, string method, string target) => Eventually.GetAsync(
        async () => await agent.SendAsync(method, target, method == "GET" ? null : "{}") is var answer && answer.Problem != "not-recordable" ? answer : null, $"an answer to {target}");
}
