using System.Net.Sockets;
using AiAccessProxy.EndToEnd.Harness;
using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Embedded;

namespace AiAccessProxy.EndToEnd;

/// <summary>
/// SIGTERM in the middle of work, in both profiles: calls come in without pause, some wait for people, one is being sent. None is lost: each is
/// answered, and what is told to come again goes through elsewhere, once.
/// </summary>
public class DrainUnderLoadTests
{
    private const string Drain = "2s";

    /// <summary>What Redis on a machine without breath makes of a call, which then has not happened and says so.</summary>
    private const string NotNow = "503 not-recordable";

    private static readonly (string Route, string Said)[] Ways = [("refuse", "403 approval-pending"), ("retry", "503 approval-pending"), ("accepted", "202")];

    private static readonly int HeldAWay = LongRun.IsAskedFor ? 60 : 4;

    private readonly TaskCompletionSource _sendOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task On_a_shared_redis_another_instance_goes_on()
    {
        await using var upstream = Upstream();
        await using var fleet = await Fleet.StartAsync(2, policies => Describe(policies, upstream), "--approvals:drain", Drain);

        var answered = await DrainAsync(fleet.Agent(0), fleet.Reviewer(0, "grace"), fleet.Proxies[0], upstream, () => Task.FromResult((fleet.Agent(1), fleet.Reviewer(1, "hugo"))));

        RedisStory.Judge(await RedisStory.AllAsync(fleet.Redis), upstream, answered);
    }

    [Fact]
    public async Task On_a_folder_the_next_process_goes_on()
    {
        await using var upstream = Upstream();
        await using var world = await World.StartAsync(policies => Describe(policies, upstream), "--approvals:drain", Drain);

        var answered = await DrainAsync(world.Agent(), world.Reviewer("grace"), world.Proxy, upstream, async () =>
        {
            await world.RestartAsync();
            return (world.Agent(), world.Reviewer("hugo"));
        });

        var entries = new List<Entry>();
        await foreach (var entry in LedgerReader.ReadAsync(world.Data, new LedgerQuery(), TestContext.Current.CancellationToken)) entries.Add(entry);
        RedisStory.Judge(entries, upstream, answered);
    }

    /// <returns>What was answered by the upstream: it must be on record.</returns>
    private async Task<IReadOnlyList<string>> DrainAsync(
        Agent bot, Reviewer grace, ProxyProcess proxy, RawUpstream upstream, Func<Task<(Agent Bot, Reviewer Hugo)>> elsewhere)
    {
        using var load = new SteadyReads(bot);
        var sending = UntilRecordedAsync(bot, "/refuse/slow");
        await ApproveAsync(grace, await grace.OnlyPendingAsync(sending));
        await Eventually.HoldsAsync(() => upstream.Requests.Any(request => request.Target == "/slow"), "the approved call is being sent");
        var held = Targets().Select(target => UntilRecordedAsync(bot, target)).ToList();
        var tickets = await grace.PendingAsync(held.Count);
        await load.ComeAsync(50);

        var told = TimeProvider.System.GetTimestamp();
        var stopped = proxy.StopAsync();
        await Eventually.HoldsAsync(async () => await LeavesAsync(grace), "readiness is false");
        foreach (var (said, call) in Ways.SelectMany(way => Enumerable.Repeat(way.Said, HeldAWay)).Zip(held)) Assert.Equal(said, (await call).Said);
        // It has told everybody to come again, and still lets this one end.
        _sendOn.SetResult();
        Assert.Equal(200, (await sending).Status);
        Assert.Equal(0, await stopped);
        var reads = await load.EndAsync();
        Assert.All(reads.Where(read => read.Began < told), read => Assert.Contains(read.Said, new[] { "200", NotNow }));
        // Of those that came when nobody listened any more, the agent knows that they failed.
        Assert.All(reads, read => Assert.True(read.Said is "200" or NotNow or null, $"{read.Target}: {read.Said}"));

        var (again, hugo) = await elsewhere();
        Assert.Equal(tickets.Order(), (await hugo.PendingAsync(tickets.Count)).Order());
        var repeats = Targets().Select(target => UntilRecordedAsync(again, target)).ToList();
        foreach (var ticket in tickets) await ApproveAsync(hugo, ticket);
        foreach (var repeat in repeats) Assert.Equal(200, (await repeat).Status);
        var sent = upstream.Requests.Where(request => request.Method != "GET").Select(request => request.Target).ToList();
        Assert.Equal(held.Count + 1, sent.Count);
        Assert.Distinct(sent);
        return [.. reads.Where(read => read.Said == "200").Select(read => read.Target), .. sent];
    }

    private static Task<Answer> UntilRecordedAsync(Agent agent, string target) => Eventually.GetAsync(
        async () => await agent.PostAsync(target, "{}") is var answer && answer.Said != NotNow ? answer : null, $"an answer to {target}", TimeSpan.FromMinutes(5));

    /// <summary>Until the vote is known to count: by its own answer, or by that of the next, which says that there is nothing left to decide.</summary>
    private static Task ApproveAsync(Reviewer reviewer, string ticket) =>
        Eventually.HoldsAsync(async () => (await reviewer.ApproveAsync(ticket)).Status is 200 or 409, $"{ticket} is approved");

    private RawUpstream Upstream() => new(async request =>
    {
        if (request.Target == "/slow") await _sendOn.Task;
        return RawUpstream.Ok($"request {request.Number}");
    });

    private static void Describe(PolicyFolder policies, RawUpstream upstream)
    {
        foreach (var (route, _) in Ways) policies.Route(route, upstream.Address, Rules.WritesWait, $"when_pending: {route}");
    }

    private static IEnumerable<string> Targets() => Ways.SelectMany(way => Enumerable.Range(0, HeldAWay).Select(number => $"/{way.Route}/things/{way.Route}-{number}"));

    /// <summary>True also when nobody answers any more.</summary>
    private static async Task<bool> LeavesAsync(Reviewer reviewer)
    {
        try
        {
            return await reviewer.GetAsync("/readyz") is { Status: 503 } answer && answer.Body.Contains("leaving", StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is HttpRequestException or SocketException)
        {
            return true;
        }
    }
}
