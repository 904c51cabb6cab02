using System.Collections.Concurrent;
using System.Globalization;
using AiAccessProxy.EndToEnd.Harness;

namespace AiAccessProxy.EndToEnd;

/// <summary>A thousand calls wait at once, and leave within a second of their approval. It measures, so nothing runs beside it.</summary>
[Collection(nameof(AloneOnTheMachine))]
public class ThousandHeldCallsTests
{
    private const int Calls = 1000;
    private const int VotesAtOnce = 8;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_thousand_calls_are_held_at_once_and_half_are_released_within_a_second_of_their_approval_and_all_exactly_once()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(
            policies => policies.Route("api", upstream.Address, Rules.WritesWait),
            "--approvals:maxTicketsPerAgent", $"{Calls}", "--approvals:maxHeldPerAgent", $"{Calls}", "--gate:hold", "00:05:00");
        var (bot, grace) = (world.Agent(), world.Reviewer("grace"));
        await bot.GetAsync("/api/warm");
        var before = world.Proxy.ResidentBytes;

        var calls = Enumerable.Range(0, Calls).Select(i => bot.PostAsync($"/api/things/{i}", $$"""{"n":{{i}}}""")).ToList();
        var tickets = await grace.PendingAsync(Calls);
        Assert.Equal("429 too-many", (await bot.PostAsync("/api/things/one-more", "{}")).Said);
        Assert.DoesNotContain(calls, call => call.IsCompleted);
        var held = world.Proxy.ResidentBytes;

        var open = new ConcurrentQueue<string>(tickets);
        var approved = new ConcurrentDictionary<string, long>();
        await Task.WhenAll(Enumerable.Range(0, VotesAtOnce).Select(async _ =>
        {
            while (open.TryDequeue(out var ticket))
            {
                // Counted from before the vote is sent: the reviewer's own waiting is in it.
                var asked = TimeProvider.System.GetTimestamp();
                var vote = await grace.ApproveAsync(ticket);
                Assert.Equal(200, vote.Status);
                approved[TargetOf(vote)] = asked;
            }
        }));
        var answers = await Task.WhenAll(calls);

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        var sent = upstream.Requests.Where(request => request.Method == "POST").ToList();
        Assert.Equal(Calls, sent.Select(request => request.Target).Distinct().Count());
        Assert.Equal(Calls, sent.Count);
        var waits = sent.Select(request => TimeProvider.System.GetElapsedTime(approved[request.Target], request.Arrived)).Order().ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"approval to upstream: p50 {waits[Calls / 2].TotalMilliseconds:f0} ms, p99 {waits[Calls * 99 / 100].TotalMilliseconds:f0} ms, "
            + $"worst {waits[^1].TotalMilliseconds:f0} ms; resident {before / 1e6:f0} MB before, {held / 1e6:f0} MB holding {Calls}"));
        // By a poll alone it would be seconds; the slowest may have met a busy machine.
        Assert.True(waits[Calls / 2] < Limit, $"half took more than {waits[Calls / 2]}");
    }

    private static string TargetOf(Answer vote) => vote.Json.GetProperty("action").GetProperty("target").GetString()!;
}
