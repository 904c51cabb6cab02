using System.Collections.Concurrent;
using System.Globalization;
using AiAccessProxy.EndToEnd.Harness;

namespace AiAccessProxy.EndToEnd;

/// <summary>Several instances of the built program on one real Redis.</summary>
public class SeveralInstancesTests
{
    /// <summary>Two instances, a Redis and their test on a busy machine: what is told here does not depend on how long anything takes.</summary>
    private static readonly string[] Patient = ["--approvals:sendWithin", "20s", "--approvals:lease", "60s", "--gate:hold", "5m"];

    [Fact]
    public async Task A_call_held_by_one_instance_is_approved_through_another_and_released_where_it_is_held()
    {
        await using var upstream = new RawUpstream();
        await using var fleet = await Fleet.StartAsync(2, policies => policies.Route("api", upstream.Address, Rules.WritesWait), Patient);
        var (here, grace) = (fleet.Agent(0), fleet.Reviewer(1, "grace"));

        var held = AskAsync(here, "POST", "/api/things/1");
        var ticket = await grace.OnlyPendingAsync();
        var joined = AskAsync(fleet.Agent(1), "POST", "/api/things/1");
        await ApproveAsync(grace, ticket);

        // One of the two was sent; whoever held the other is told that it was.
        Assert.Equal(["200", "422 already-executed"], new[] { (await held).Said, (await joined).Said }.Order());
        Assert.Equal("/things/1", Assert.Single(upstream.Requests).Target);
        Assert.Empty(await fleet.Reviewer(0, "hugo").PendingAsync());
    }

    [Fact]
    public async Task After_a_kill_repeats_of_held_calls_join_their_tickets_on_the_other_instance_and_each_is_sent_once()
    {
        var (rounds, calls) = LongRun.IsAskedFor ? (50, 200) : (2, 40);
        await using var upstream = new RawUpstream();
        await using var fleet = await Fleet.StartAsync(
            2, policies => policies.Route("api", upstream.Address, Rules.WritesWait),
            "--approvals:maxTicketsPerAgent", "1000", "--approvals:maxHeldPerAgent", "1000", "--gate:hold", "5m", "--approvals:lease", "10s", "--approvals:sendWithin", "8s");
        var random = new Random(20261121);
        for (var round = 0; round < rounds; round++) await RoundAsync(fleet, upstream, round, calls, random.Next(calls));
    }

    [Fact]
    public async Task One_that_is_told_to_stop_sends_its_agents_to_the_other_and_no_ticket_is_opened_twice()
    {
        await using var upstream = new RawUpstream();
        await using var fleet = await Fleet.StartAsync(2, policies => policies.Route("api", upstream.Address, Rules.WritesWait), [.. Patient, "--approvals:drain", "1s"]);
        var held = Enumerable.Range(0, 10).Select(i => AskAsync(fleet.Agent(0), "DELETE", $"/api/things/{i}")).ToList();
        var grace = fleet.Reviewer(1, "grace");
        var tickets = await grace.PendingAsync(held.Count);

        Assert.Equal(0, await fleet.Proxies[0].StopAsync());
        foreach (var call in held) Assert.Equal("403 approval-pending", (await call).Said);
        var repeats = Enumerable.Range(0, 10).Select(i => AskAsync(fleet.Agent(1), "DELETE", $"/api/things/{i}")).ToList();
        foreach (var ticket in tickets) await ApproveAsync(grace, ticket);

        foreach (var repeat in repeats) Assert.Equal(200, (await repeat).Status);
        Assert.Equal(held.Count, upstream.Requests.Select(request => request.Target).Distinct().Count());
        Assert.Equal(held.Count, upstream.Requests.Count);
    }

    [Fact]
    public async Task Instances_with_different_policies_alarm_on_both_and_are_named()
    {
        await using var upstream = new RawUpstream();
        await using var fleet = await Fleet.StartAsync(1, policies => policies.Route("api", upstream.Address, Rules.WritesWait));
        using var scratch = new Scratch();
        foreach (var file in Directory.EnumerateFiles(fleet.Policies.Path)) File.Copy(file, Path.Combine(scratch.Root, Path.GetFileName(file)));
        File.AppendAllText(Path.Combine(scratch.Root, "api.yaml"), "# the same rules, in a file that is another\n");
        var started = TimeProvider.System.GetTimestamp();
        await fleet.AddAsync(scratch.Root);

        foreach (var grace in new[] { fleet.Reviewer(0, "grace"), fleet.Reviewer(1, "grace") })
        {
            await Eventually.HoldsAsync(
                async () => (await grace.GetAsync("/readyz")).Json is var ready && ready.GetProperty("status").GetString() == "alarm"
                    && ready.GetProperty("instances").GetProperty("policies_differ_since").GetString() is not null,
                "the difference is told");
            await Eventually.HoldsAsync(
                async () => (await grace.GetAsync("/api/v1/health")).Json.GetProperty("instances").GetArrayLength() == 2, "both are named");
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"told on both {TimeProvider.System.GetElapsedTime(started).TotalSeconds:f1} s after the second was started"));
    }

    /// <summary>The identical call again for as long as the ledger is too busy to record it.</summary>
    private static async Task<Answer> AskAsync(Agent agent, string method, string target) => await Eventually.GetAsync(
        async () => await agent.SendAsync(method, target, "{}") is var answer && answer.Problem != "not-recordable" ? answer : null, $"an answer to {target}", TimeSpan.FromMinutes(5));

    /// <summary>409: the vote had counted before it could be said.</summary>
    private static Task ApproveAsync(Reviewer reviewer, string ticket) => Eventually.HoldsAsync(
        async () => (await reviewer.ApproveAsync(ticket)).Status is 200 or 409, $"a vote on {ticket}");

    private static async Task RoundAsync(Fleet fleet, RawUpstream upstream, int round, int count, int votesBefore)
    {
        var (doomed, other) = (fleet.Proxies.Count - 2, fleet.Proxies.Count - 1);
        var at = new TaskCompletionSource<Agent>();
        at.SetResult(fleet.Agent(doomed));
        var agents = Enumerable.Range(0, count)
            .Select(i => new StubbornAgent(() => Volatile.Read(ref at).Task, string.Create(CultureInfo.InvariantCulture, $"/api/r{round}/{i}"), "{}")).ToList();
        var calls = agents.Select(agent => agent.AskAsync()).ToList();
        var grace = fleet.Reviewer(other, "grace");
        var open = new ConcurrentQueue<string>(await grace.PendingAsync(count));

        for (var i = 0; i < votesBefore && open.TryDequeue(out var ticket); i++) await grace.ApproveAsync(ticket);
        var elsewhere = new TaskCompletionSource<Agent>();
        Volatile.Write(ref at, elsewhere);
        await fleet.Proxies[doomed].KillAsync();
        elsewhere.SetResult(fleet.Agent(other));
        await Eventually.HoldsAsync(async () =>
        {
            foreach (var ticket in await grace.PendingAsync()) await grace.ApproveAsync(ticket);
            return calls.TrueForAll(call => call.IsCompleted);
        }, $"every agent of round {round} is told how its call ended", TimeSpan.FromMinutes(2));

        var sent = upstream.Requests.Select(request => request.Target).Concat(upstream.Torn.Select(_ => "torn")).CountBy(target => target).ToDictionary();
        for (var i = 0; i < count; i++)
        {
            var (answer, target) = (await calls[i], string.Create(CultureInfo.InvariantCulture, $"/r{round}/{i}"));
            var times = sent.GetValueOrDefault(target);
            Assert.True(times <= 1, $"{target} came {times} times");
            Assert.True(answer.Status == 200 || answer.Problem is "already-executed" or "outcome-unknown" or "not-sent", $"{target}: {answer}");
            // What was answered was sent; what is unknown may have been.
            if (answer.Status == 200) Assert.Equal(1, times);
        }

        await fleet.AddAsync();
    }
}
