using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using AiAccessProxy.EndToEnd.Harness;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.EndToEnd;

/// <summary>Reads and held calls through two instances of which one is killed now and then; what all sides counted is compared at the end.</summary>
public class RedisSoakTests
{
    private const int Readers = 4;
    private const int Writers = 8;

    private static TimeSpan Between => TimeSpan.FromMilliseconds(LongRun.IsAskedFor ? 60 : 20);

    private readonly ConcurrentDictionary<string, Count> _counts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, (Agent Agent, Reviewer Grace)> _alive = new();
    private readonly Random _random = new(20261121);

    /// <summary>How long it lasts between two kills, and how many there are.</summary>
    private static (TimeSpan Between, int Kills) Plan => LongRun.IsAskedFor ? (TimeSpan.FromMinutes(1), 10) : (TimeSpan.FromSeconds(1.5), 1);

    [Fact]
    public async Task What_agents_the_upstream_and_the_ledger_counted_is_the_same_whoever_was_killed()
    {
        await using var upstream = new RawUpstream();
        await using var fleet = await Fleet.StartAsync(
            2, policies => policies.Route("api", upstream.Address, Rules.WritesWait), "--approvals:lease", "5s", "--approvals:sendWithin", "4s", "--gate:hold", "1m");
        foreach (var proxy in new[] { 0, 1 }) _alive[proxy] = (fleet.Agent(proxy), fleet.Reviewer(proxy, "grace"));
        using var over = new CancellationTokenSource();
        var work = Enumerable.Range(0, Readers).Select(i => RepeatAsync("GET", $"/reads/{i}", over.Token))
            .Concat(Enumerable.Range(0, Writers).Select(i => RepeatAsync("POST", $"/writes/{i}", over.Token))).ToList();
        using var reviewed = new CancellationTokenSource();
        var review = ReviewAsync(reviewed.Token);
        for (var kill = 0; kill < Plan.Kills; kill++)
        {
            await Task.Delay(Plan.Between, TimeProvider.System, TestContext.Current.CancellationToken);
            var doomed = _alive.Keys.Order().ElementAt(_random.Next(2));
            _alive.TryRemove(doomed, out _);
            await fleet.Proxies[doomed].KillAsync();
            await fleet.AddAsync();
            _alive[fleet.Proxies.Count - 1] = (fleet.Agent(fleet.Proxies.Count - 1), fleet.Reviewer(fleet.Proxies.Count - 1, "grace"));
        }

        await Task.Delay(Plan.Between, TimeProvider.System, TestContext.Current.CancellationToken);
        await over.CancelAsync();
        await Task.WhenAll(work);
        await reviewed.CancelAsync();
        await review;
        await JudgeAsync(fleet, upstream);
    }

    private async Task JudgeAsync(Fleet fleet, RawUpstream upstream)
    {
        // What the dead had begun is given up when its lease is over.
        await Eventually.HoldsAsync(async () => Executing(await RedisStory.AllAsync(fleet.Redis)).All(one => one.Value.Outcomes > 0), "every use has its outcome");
        var story = await RedisStory.AllAsync(fleet.Redis);
        var decided = story.Where(entry => entry.Record is { Kind: RecordKind.Decided, Decision: "allow" }).CountBy(RedisStory.TargetOf).ToDictionary();
        var executing = Executing(story);
        var came = upstream.Requests.CountBy(request => request.Target).ToDictionary();
        var (broken, whole) = (0, 0);
        foreach (var target in came.Keys.Except(_counts.Keys)) Assert.Fail($"{target} came and nobody asked for it");
        foreach (var (target, count) in _counts)
        {
            var (recorded, arrived) = (decided.GetValueOrDefault(target) + (executing.TryGetValue(target, out var use) ? use.Times : 0), came.GetValueOrDefault(target));
            var words = $"{target}: asked {count.Asked} times, answered {count.Answered}, broken off {count.Broken}, came {arrived}, on record {recorded}";
            Assert.True(count.Answered <= arrived && arrived <= recorded && recorded <= count.Answered + count.Broken, words);
            if (target.StartsWith("/writes/", StringComparison.Ordinal)) Assert.True(arrived <= 1 && recorded <= 1, words);
            if (count.Broken == 0) Assert.True(count.Answered == arrived && arrived == recorded, words);
            if (count.Broken == 0) whole++;
            else broken++;
        }

        Assert.True(whole > 0);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Plan.Kills} kills; {whole} calls that nothing befell: answered, came and are on record once each; {broken} broken off by a kill: none more often than on record; {came.Values.Sum()} came, {executing.Count} privileged ones, each with its outcome; {story.Count} records"));
    }

    /// <summary>Uses by target: how often its edge was taken, and how many outcomes are on record.</summary>
    private static Dictionary<string, (int Times, int Outcomes)> Executing(IReadOnlyList<Entry> story)
    {
        var outcomes = story.Where(entry => entry.Record is { Kind: RecordKind.CallExecuted or RecordKind.CallFailed or RecordKind.CallUnknown, Ticket: not null }).CountBy(RedisStory.TargetOf).ToDictionary();
        return story.Where(entry => entry.Record.Kind == RecordKind.TicketExecuting).CountBy(RedisStory.TargetOf)
            .ToDictionary(one => one.Key, one => (one.Value, outcomes.GetValueOrDefault(one.Key)), StringComparer.Ordinal);
    }

    /// <summary>One call after the other, each until it is told how it ended.</summary>
    private async Task RepeatAsync(string method, string prefix, CancellationToken over)
    {
        for (var n = 0; !over.IsCancellationRequested; n++)
        {
            var target = string.Create(CultureInfo.InvariantCulture, $"{prefix}/{n}");
            var count = _counts[target] = new();
            while (!await TryAsync(method, target, count)) await Task.Delay(Between, TimeProvider.System, CancellationToken.None);
            await Task.Delay(Between, TimeProvider.System, CancellationToken.None);
        }
    }

    private async Task<bool> TryAsync(string method, string target, Count count)
    {
        count.Asked++;
        try
        {
            var answer = await Any(_alive).Agent.SendAsync(method, $"/api{target}", method == "GET" ? null : "{}");
            if (answer.Problem == "not-recordable")
            {
                // Redis was slow: its record may stand all the same.
                count.Broken++;
                return false;
            }

            if (answer.Status == 200) count.Answered++;
            else if (answer.Problem is "already-executed" or "outcome-unknown" or "not-sent") count.Broken++;
            else if (answer.Problem is not "approval-pending") Assert.Fail($"{target}: {answer}");
            return answer.Problem is not "approval-pending";
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException or SocketException)
        {
            count.Broken++;
            return false;
        }
    }

    private async Task ReviewAsync(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            try
            {
                var grace = Any(_alive).Grace;
                if (await grace.GetAsync("/api/v1/tickets?state=pending&limit=500") is { Status: 200 } page)
                    await Task.WhenAll(page.Json.GetProperty("tickets").EnumerateArray().Select(ticket => grace.ApproveAsync(ticket.GetProperty("id").GetString()!)));
            }
            catch (Exception gone) when (gone is HttpRequestException or IOException or SocketException)
            {
                // The instance died under the reviewer, who goes to another.
            }

            await Task.Delay(Between, TimeProvider.System, CancellationToken.None);
        }
    }

    private T Any<T>(ConcurrentDictionary<int, T> alive)
    {
        var all = alive.OrderBy(one => one.Key).Select(one => one.Value).ToList();
        lock (_random) return all[_random.Next(all.Count)];
    }

    /// <summary>What agents counted of one call. Each is one agent's at a time.</summary>
    private sealed class Count
    {
        public int Asked { get; set; }

        public int Answered { get; set; }

        /// <summary>Nobody told how it ended, or not by the upstream's own answer.</summary>
        public int Broken { get; set; }
    }
}
