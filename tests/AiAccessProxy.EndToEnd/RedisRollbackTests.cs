using System.Globalization;
using AiAccessProxy.EndToEnd.Harness;
using AiAccessProxy.Ledger;
using AiAccessProxy.Tests.Ledger.Redis;

namespace AiAccessProxy.EndToEnd;

/// <summary>Redis goes back under running proxies, by a backup or by a failover that loses the last writes: what was used stays used.</summary>
public class RedisRollbackTests
{
    private static readonly string[] Patient = ["--approvals:sendWithin", "20s", "--approvals:lease", "60s", "--gate:hold", "200ms", "--approvals:repeatWindow", "0s"];

    /// <summary>The promise is 5 s; more is for a machine on which everything runs at once.</summary>
    private static readonly TimeSpan AlarmedWithin = TimeSpan.FromSeconds(30);

    private static int Rounds => LongRun.IsAskedFor ? 25 : 1;

    [Fact]
    public async Task After_a_backup_was_restored_no_used_approval_is_used_again_and_all_alarm()
    {
        for (var round = 0; round < Rounds; round++)
        {
            await RoundAsync(isThroughRelay: false, (redis, _) =>
            {
                var snapshot = redis.Snapshot("backup");
                return Task.FromResult<(RedisServer, Func<Task>, IAsyncDisposable?)>((redis, () => redis.RollBackAsync(snapshot), null));
            });
        }
    }

    [Fact]
    public async Task After_a_replica_without_the_last_writes_was_promoted_no_used_approval_is_used_again_and_all_alarm()
    {
        for (var round = 0; round < Rounds; round++)
        {
            await RoundAsync(isThroughRelay: true, async (redis, relay) =>
            {
                var replica = await RedisServer.StartAsync($"replicaof 127.0.0.1 {redis.Port}", "repl-diskless-sync-delay 0");
                var last = await redis.CliAsync("HGET", "{ai-access}:state", "last");
                await Eventually.HoldsAsync(async () => await replica.CliAsync("HGET", "{ai-access}:state", "last") is var copied && copied == last, "the replica has all");
                // From here on it misses what is written.
                await replica.CliAsync("REPLICAOF", "NO", "ONE");
                return (replica, async () =>
                {
                    await redis.KillAsync();
                    relay.LeadTo(replica.Port);
                }, replica);
            });
        }
    }

    private static async Task RoundAsync(
        bool isThroughRelay, Func<RedisServer, RedisRelay, Task<(RedisServer Then, Func<Task> GoBack, IAsyncDisposable? Mine)>> prepare)
    {
        var flying = new TaskCompletionSource();
        await using var upstream = new RawUpstream(async request =>
        {
            if (request.Target == "/flying") await flying.Task;
            return RawUpstream.Ok("done");
        });
        await using var fleet = await Fleet.StartAsync(0, policies => policies.Route("api", upstream.Address, Rules.WritesWait, "when_pending: refuse"), Patient);
        await using var relay = new RedisRelay(fleet.Redis.Port);
        if (isThroughRelay) fleet.Through = relay.Address;
        await fleet.AddAsync();
        await fleet.AddAsync();
        var (agents, grace) = (new List<Agent> { fleet.Agent(0), fleet.Agent(1) }, fleet.Reviewer(1, "grace"));

        // Two are approved and not used, one is pending; none is held.
        var tickets = new List<string>();
        foreach (var target in new[] { "/api/used", "/api/flying", "/api/pending" }) tickets.Add((await AskAsync(agents[0], target)).Ticket);
        foreach (var ticket in tickets.Take(2)) await Eventually.HoldsAsync(async () => (await grace.ApproveAsync(ticket)).Status is 200 or 409, "the vote");
        var (then, goBack, mine) = await prepare(fleet.Redis, relay);
        await using var _ = mine;

        // What goes back with the store: one was used, one is being sent, one was decided, and both instances said again that they are there.
        var leases = await LeasesAsync(fleet.Redis);
        Assert.Equal(2, leases.Count);
        Assert.Equal(200, (await AskAsync(agents[1], "/api/used")).Status);
        var sent = agents[0].PostAsync("/api/flying", "{}");
        await Eventually.HoldsAsync(() => upstream.Requests.Count == 2, "one is on its way");
        await Eventually.HoldsAsync(async () => (await grace.VoteAsync(tickets[2], "deny", "no")).Status is 200 or 409, "the other vote");
        await Eventually.HoldsAsync(async () => (await LeasesAsync(fleet.Redis)).All(lease => lease.Value > leases[lease.Key]), "both are there");
        var before = await RedisStory.AllAsync(fleet.Redis);

        await goBack();
        var since = TimeProvider.System.GetTimestamp();
        // All know that it is another run. Who looks first sees that it went back; by the time the others look its record may have filled the gap.
        var hugos = new[] { fleet.Reviewer(0, "hugo"), fleet.Reviewer(1, "hugo") };
        foreach (var hugo in hugos) await Eventually.HoldsAsync(async () => (await AlarmsAsync(hugo)).Any(alarm => alarm.StartsWith("Redis runs anew", StringComparison.Ordinal)), "the alarm");
        await Eventually.HoldsAsync(async () => (await AlarmsAsync(hugos[0])).Concat(await AlarmsAsync(hugos[1])).Any(IsOfLoss), "the alarm that something is lost");
        var alarmed = TimeProvider.System.GetElapsedTime(since);
        Assert.True(alarmed < AlarmedWithin, $"alarmed after {alarmed}");

        // Whatever is answered, it is not sent again, through none, also not through one that was not there before; nor when everybody votes again.
        await fleet.AddAsync();
        agents.Add(fleet.Agent(2));
        foreach (var (voter, i) in new[] { grace, fleet.Reviewer(0, "grace"), fleet.Reviewer(2, "grace") }.Select((voter, i) => (voter, i)))
        {
            foreach (var target in new[] { "/api/used", "/api/flying", "/api/pending" })
                foreach (var agent in agents) Assert.NotEqual(200, (await agent.PostAsync(target, "{}")).Status);
            foreach (var ticket in tickets.Take(2)) await voter.ApproveAsync(ticket);
        }

        // Who denied it knows that; who had not heard of it before it was lost may ask people anew.
        Assert.NotEqual(200, (await grace.ApproveAsync(tickets[2])).Status);

        Assert.Equal(["/flying", "/used"], upstream.Requests.Select(request => request.Target).Order(StringComparer.Ordinal));
        flying.SetResult();
        // 502: the machine was so busy that the upstream's time was over.
        Assert.Contains((await sent).Status, new[] { 200, 502 });
        // Others go on; what became of the call is told, and both are there again.
        await Eventually.HoldsAsync(async () => (await agents[0].GetAsync("/api/after")).Status == 200, "calls go on");
        await Eventually.HoldsAsync(
            async () => (await RedisStory.AllAsync(then)).Count(entry => entry.Record is { Kind: RecordKind.InstanceJoined, Detail: { } said } && said.Contains("is refused", StringComparison.Ordinal)) >= 2,
            "both have joined anew");
        await Eventually.HoldsAsync(
            async () => (await RedisStory.AllAsync(then)).Any(entry => entry.Record.Kind is RecordKind.CallExecuted or RecordKind.CallFailed or RecordKind.CallUnknown && RedisStory.TargetOf(entry) == "/flying"), "the outcome is on record");
        var after = await RedisStory.AllAsync(then);
        var told = before.ToDictionary(entry => entry.Position, entry => entry.Stored);
        // Told above by an alarm where one who had not read so far wrote there; by nobody else.
        var again = after.Count(entry => told.TryGetValue(entry.Position, out var stored) && !stored.Span.SequenceEqual(entry.Stored.Span));
        var kept = after.Count(entry => told.ContainsKey(entry.Position)) - again;
        Assert.InRange(kept, 1, before.Count - 1);
        Assert.Contains(after, entry => RedisStory.TargetOf(entry) == "/after");
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{before.Count - kept} of {before.Count} records lost; both alarmed {alarmed.TotalMilliseconds:f0} ms after it was back; {again} positions hold another record than before"));
    }

    /// <summary>By register: at which revision the instances keep themselves alive.</summary>
    private static async Task<IReadOnlyDictionary<string, long>> LeasesAsync(RedisServer redis)
    {
        const string All = "local found = {} for _, name in ipairs(redis.call('SMEMBERS', KEYS[1] .. 'live:instance')) do found[#found + 1] = name .. ' ' .. redis.call('HGET', KEYS[1] .. 'register:instance/' .. name, 'revision') end return found";
        return (await redis.CliAsync("EVAL", All, "1", "{ai-access}:")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))
            .ToDictionary(line => line[0], line => long.Parse(line[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
    }

    private static bool IsOfLoss(string alarm) =>
        alarm.Contains("went back", StringComparison.Ordinal) || alarm.Contains("missing", StringComparison.Ordinal) || alarm.Contains("was put back", StringComparison.Ordinal);

    private static async Task<IReadOnlyList<string>> AlarmsAsync(Reviewer reviewer) =>
        [.. (await reviewer.GetAsync("/readyz")).Json.GetProperty("ledger").GetProperty("alarms").EnumerateArray().Select(alarm => alarm.GetProperty("why").GetString()!)];

    private static Task<Answer> AskAsync(Agent agent, string target) => Eventually.GetAsync(
        async () => await agent.PostAsync(target, "{}") is var answer && answer.Problem != "not-recordable" ? answer : null, $"an answer to {target}");
}
