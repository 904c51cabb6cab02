using System.Collections.Concurrent;
using System.Diagnostics;
using AiAccessProxy.Approvals;

namespace AiAccessProxy.Tests.Approvals;

/// <summary>Time and memory, measured while no other test runs.</summary>
[Collection(nameof(Measured))]
public class HeldCallCostTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thousand_held_calls_are_each_released_within_a_second_of_their_approval()
    {
        await using var desk = await OpenDesk.OpenAsync(rules: Some.Rules(agents: 10));
        var calls = Enumerable.Range(0, 1000)
            .Select(i => Task.Run(async () =>
            {
                await desk.CallAsync(Some.Waitable($"/v1/charges/{i}", agent: i % 10));
                return Stopwatch.GetTimestamp();
            }))
            .ToList();
        await desk.HeldAsync(1000);
        var tickets = await desk.LiveAsync();
        var approved = new ConcurrentDictionary<string, long>();

        await Parallel.ForEachAsync(tickets, Token, async (ticket, _) =>
        {
            await desk.ApproveAsync(ticket.Id);
            approved[ticket.Action.Target] = Stopwatch.GetTimestamp();
        });
        var released = await Task.WhenAll(calls);

        Assert.Equal(1000, desk.Sent);
        var slowest = Enumerable.Range(0, 1000).Max(i => Stopwatch.GetElapsedTime(approved[$"/v1/charges/{i}"], released[i]));
        TestContext.Current.TestOutputHelper?.WriteLine($"slowest release: {slowest.TotalMilliseconds:f0} ms");
        Assert.True(slowest < TimeSpan.FromSeconds(1), $"the slowest release took {slowest}");
    }

    [Fact]
    public async Task Of_held_tickets_that_do_not_move_few_are_read_a_round_and_each_in_time()
    {
        const int calls = 100;
        var time = new ManualTime();
        using var own = await Some.OpenLedgerAsync(time, Some.LedgerFolder());
        var ledger = new FragileLedger(own);
        await using var desk = await OpenDesk.OpenAsync(time, ledger: ledger, settings: [("maxTicketsPerAgent", $"{calls}"), ("maxHeldPerAgent", $"{calls}")]);
        using var gone = new CancellationTokenSource();
        var held = Enumerable.Range(0, calls).Select(i => desk.CallAsync(Some.Waitable($"/v1/charges/{i}"), gone: gone.Token)).ToList();
        await desk.HeldAsync(calls);
        ledger.Read.Clear();
        for (var round = 1; round <= Waiting.RoundsBetweenReads; round++)
        {
            await desk.Waiting.RefreshAllAsync(Token);
            Assert.InRange(ledger.Read.Count, round * (calls / Waiting.RoundsBetweenReads), round * ((calls / Waiting.RoundsBetweenReads) + 1));
        }

        Assert.Equal(calls, ledger.Read.Distinct().Count());
        await gone.CancelAsync();
        await Task.WhenAll(held).ContinueWith(_ => { }, Token, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    [Fact]
    public async Task Ten_thousand_held_calls_cost_a_few_kilobytes_each_and_next_to_no_time()
    {
        const int calls = 10_000;
        await using var desk = await OpenDesk.OpenAsync(settings: ("maxHeldPerAgent", "20000"));
        using var gone = new CancellationTokenSource();
        var bound = Some.Waitable();
        await desk.CallAsync(bound, TimeSpan.Zero);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var held = Enumerable.Range(0, calls).Select(_ => desk.CallAsync(bound, gone: gone.Token)).ToList();
        await desk.HeldAsync(calls);
        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / calls;
        var started = Stopwatch.GetTimestamp();
        desk.Waiting.PassTime();
        await desk.Waiting.RefreshAllAsync(Token);
        var round = Stopwatch.GetElapsedTime(started);
        await gone.CancelAsync();
        await Task.WhenAll(held).ContinueWith(_ => { }, Token, TaskContinuationOptions.None, TaskScheduler.Default);

        TestContext.Current.TestOutputHelper?.WriteLine($"{each} bytes a held call, {round.TotalMilliseconds:f1} ms a round of the watcher");
        Assert.InRange(each, 0, 8 * 1024);
        Assert.True(round < TimeSpan.FromMilliseconds(250), $"a round of the watcher took {round}");
        Assert.Equal(0, desk.Waiting.Count);
    }
}
