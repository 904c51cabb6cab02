using System.Globalization;
using AiAccessProxy.EndToEnd.Harness;
using AiAccessProxy.Ledger;
using AiAccessProxy.Tests.Ledger.Redis;

namespace AiAccessProxy.EndToEnd;

/// <summary>An instance that stands still between a vote, the edge and the first byte, and goes on after the deadline, sends nothing late.</summary>
public class PausedInstanceTests
{
    private const int Calls = 6;

    private static readonly byte[] TheEdge = "ticket.executing"u8.ToArray();

    /// <summary>As the settings have it by themselves in the long run; less where it only has to be short.</summary>
    private static TimeSpan SendWithin => LongRun.IsAskedFor ? TimeSpan.FromSeconds(2) : TimeSpan.FromMilliseconds(500);

    /// <summary>Where the instance stands still.</summary>
    private enum Point
    {
        /// <summary>The vote counts, and it has not heard of it.</summary>
        Voted,

        /// <summary>It has asked for the edge, and Redis has not heard of it.</summary>
        Asked,

        /// <summary>The edge stands, and it has not heard of it.</summary>
        Answered,

        /// <summary>Any moment between the vote and the first byte.</summary>
        Anywhere,
    }

    private static IEnumerable<Point> Points => LongRun.IsAskedFor
        ? Enumerable.Range(0, 60).Select(i => (Point)(i % 4)).Concat(Enumerable.Repeat(Point.Anywhere, 40))
        : [Point.Voted, Point.Asked, Point.Answered];

    [Fact]
    public async Task Paused_at_any_point_and_continued_after_the_deadline_it_sends_nothing_late()
    {
        await using var upstream = new RawUpstream();
        await using var fleet = await Fleet.StartAsync(
            1, policies => policies.Route("api", upstream.Address, Rules.WritesWait), "--gate:hold", "5m",
            "--approvals:sendWithin", $"{SendWithin.TotalMilliseconds}ms", "--approvals:lease", LongRun.IsAskedFor ? "8s" : "3s");
        await using var relay = new RedisRelay(fleet.Redis.Port);
        fleet.Through = relay.Address;
        await fleet.AddAsync();
        var (random, caught, round) = (new Random(20261121), new Dictionary<Point, int>(), 0);
        foreach (var point in Points) await PlayAsync(point);
        for (var more = 0; more < 20 && caught[Point.Answered] == 0; more++) await PlayAsync(Point.Answered);

        // Otherwise nothing was shown.
        Assert.True(caught[Point.Answered] > 0);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{round} pauses, {round * Calls} calls; {string.Join(", ", caught.Select(one => $"{one.Key}: {one.Value}"))} calls stood between edge and first byte until the deadline had passed; none was sent"));

        async Task PlayAsync(Point point) =>
            caught[point] = caught.GetValueOrDefault(point) + await RoundAsync(fleet, relay, upstream, point, $"r{round++}", random);
    }

    /// <returns>How many calls stood still after their edges and were not sent.</returns>
    private static async Task<int> RoundAsync(Fleet fleet, RedisRelay relay, RawUpstream upstream, Point point, string name, Random random)
    {
        var (time, paused, grace) = (TimeProvider.System, fleet.Proxies[1], fleet.Reviewer(0, "grace"));
        var here = fleet.Agent(1);
        var held = Enumerable.Range(0, Calls).Select(i => AskAsync(here, $"/api/{name}/{i}")).ToList();
        var tickets = await grace.PendingAsync(Calls);
        var (gate, reached) = (new TaskCompletionSource(), new TaskCompletionSource());
        relay.Before = point == Point.Anywhere ? null : HoldUp;
        var votes = tickets.Select(ticket => Eventually.HoldsAsync(async () => (await grace.ApproveAsync(ticket)).Status is 200 or 409, "a vote")).ToList();
        if (point == Point.Anywhere) await Task.Delay(TimeSpan.FromMilliseconds(random.Next(60)), time, TestContext.Current.CancellationToken);
        else if (point == Point.Voted) await votes[0];
        else await reached.Task.WaitAsync(Eventually.Generous, time);
        // On a machine that is out of breath the edge may come to Redis when it is void.
        var asked = time.GetTimestamp();
        while (point == Point.Answered && (await EdgesAsync(fleet, name)).Count == 0 && time.GetElapsedTime(asked) < SendWithin)
            await Task.Delay(TimeSpan.FromMilliseconds(10), time, TestContext.Current.CancellationToken);

        await paused.PauseAsync();
        relay.Before = null;
        gate.SetResult();
        await Task.Delay(SendWithin + TimeSpan.FromSeconds(LongRun.IsAskedFor ? 1 : 0.5), time, TestContext.Current.CancellationToken);
        // What had left before is read by then: that it was, is asked, however busy the machine is.
        await Eventually.HoldsAsync(() => !upstream.HasUnread, "the upstream has read what had left");
        var before = upstream.Requests.Select(request => request.Target).ToHashSet(StringComparer.Ordinal);
        var late = time.GetUtcNow() - SendWithin;
        paused.Continue();

        await Task.WhenAll(votes);
        foreach (var call in held) await call;
        var edges = await EdgesAsync(fleet, name);
        var mine = upstream.Requests.Select(request => request.Target).Where(target => target.StartsWith($"/{name}/", StringComparison.Ordinal)).ToList();
        Assert.Equal(mine.Count, mine.Distinct().Count());
        foreach (var target in mine.Where(target => !before.Contains(target)))
            Assert.True(edges[target] >= late, $"{point}: {target} was sent after the pause, and its edge is from {late - edges[target]} before the deadline");
        return edges.Count(edge => edge.Value < late && !mine.Contains(edge.Key));

        Task HoldUp(ReadOnlyMemory<byte> bytes, bool isAsking)
        {
            var isEdge = isAsking && IsEdge(bytes);
            if (isEdge) reached.TrySetResult();
            return point switch
            {
                Point.Asked => isEdge,
                Point.Answered => !isAsking && reached.Task.IsCompleted,
                _ => !isAsking,
            } ? gate.Task : Task.CompletedTask;
        }
    }

    private static bool IsEdge(ReadOnlyMemory<byte> bytes) => bytes.Span.IndexOf(TheEdge) >= 0;

    private static async Task<IReadOnlyDictionary<string, DateTimeOffset>> EdgesAsync(Fleet fleet, string name) => (await RedisStory.AllAsync(fleet.Redis))
        .Where(entry => entry.Record.Kind == RecordKind.TicketExecuting && RedisStory.TargetOf(entry).StartsWith($"/{name}/", StringComparison.Ordinal))
        .ToDictionary(RedisStory.TargetOf, entry => entry.StoredAt, StringComparer.Ordinal);

    private static Task<Answer> AskAsync(Agent agent, string target) => Eventually.GetAsync(
        async () => await agent.PostAsync(target, "{}") is var answer && answer.Problem != "not-recordable" ? answer : null, $"an answer to {target}");
}
