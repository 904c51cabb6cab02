using AiAccessProxy.Approvals;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Approvals;

/// <summary>What cannot be recorded does not happen; what has happened is recorded as soon as it can be.</summary>
public class LedgerGoneTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_is_opened_voted_cancelled_cleared_or_denied_while_the_ledger_is_gone(bool readable)
    {
        var time = new ManualTime();
        using var ledger = await Some.OpenLedgerAsync(time);
        var fragile = new FragileLedger(ledger);
        await using var desk = await OpenDesk.OpenAsync(time, ledger: fragile, start: false);
        await desk.CallAsync(Some.Waitable("/v1/pending"), TimeSpan.Zero);
        var pending = await desk.TicketAsync();
        await desk.CallAsync(Some.Waitable("/v1/approved"), TimeSpan.Zero);
        var approved = (await desk.LiveAsync()).Single(ticket => ticket.Id != pending.Id);
        await desk.ApproveAsync(approved.Id);
        var turn = await desk.Desk.ConsentAsync(Some.Waitable("/v1/approved"), default, Token);
        var before = (await desk.KindsAsync()).Count;
        (fragile.IsGone, fragile.IsFull) = (!readable, readable);

        await GoneAsync(() => desk.CallAsync(Some.Waitable("/v1/new"), TimeSpan.Zero));
        await GoneAsync(() => desk.Desk.VoteAsync(pending.Id, Some.Ballot("grace"), Token).AsTask());
        await GoneAsync(() => desk.Desk.VoteAsync(pending.Id, Some.Ballot("ada"), Token).AsTask());
        await GoneAsync(() => desk.Desk.CancelAsync(pending.Id, pending.Agent.Id, Token).AsTask());
        await GoneAsync(() => desk.Clearing.ClearAsync(Some.Waitable("/v1/approved"), turn, Token).AsTask());
        await GoneAsync(() => desk.CallAsync(Decided(Effect.Allow)));
        await GoneAsync(() => desk.CallAsync(Decided(Effect.Deny)));
        await GoneAsync(() => desk.Get<Overdue>().SweepAsync(Token), when: !readable);

        Assert.Equal(0, desk.Sent);
        (fragile.IsGone, fragile.IsFull) = (false, false);
        Assert.Equal(before, (await desk.KindsAsync()).Count);
        Assert.Equal(TicketStatus.Pending, (await desk.TicketAsync(pending.Id)).Status);
        Assert.Equal(TicketStatus.Approved, (await desk.TicketAsync(approved.Id)).Status);
        Assert.IsType<Clearance.Go>(await desk.CallAsync(Some.Waitable("/v1/approved"), TimeSpan.Zero));
    }

    [Fact]
    public async Task When_the_turn_cannot_be_recorded_it_passes_to_the_next_and_nobody_is_sent()
    {
        var time = new ManualTime();
        using var ledger = await Some.OpenLedgerAsync(time);
        var fragile = new FragileLedger(ledger);
        await using var desk = await OpenDesk.OpenAsync(time, ledger: fragile);
        await using var elsewhere = await OpenDesk.OpenAsync(time, ledger: ledger, start: false);
        var calls = new[] { desk.CallAsync(Some.Waitable()), desk.CallAsync(Some.Waitable()), desk.CallAsync(Some.Waitable()) };
        await desk.HeldAsync(3);
        fragile.IsFull = true;
        await elsewhere.ApproveAsync((await desk.TicketAsync()).Id);

        await desk.AdvanceUntilAsync(() => Task.FromResult(calls.All(call => call.IsCompleted)));

        foreach (var call in calls) await Assert.ThrowsAsync<LedgerUnavailableException>(() => call);
        Assert.Equal(0, desk.Sent);
        fragile.IsFull = false;
        Assert.IsType<Clearance.Go>(await elsewhere.CallAsync(Some.Waitable(), TimeSpan.Zero));
    }

    [Fact]
    public async Task The_outcome_of_a_call_that_was_sent_is_recorded_once_the_ledger_is_back_though_its_lease_has_passed()
    {
        var time = new ManualTime();
        using var ledger = await Some.OpenLedgerAsync(time);
        var fragile = new FragileLedger(ledger);
        await using var desk = await OpenDesk.OpenAsync(time, ledger: fragile);
        await desk.CallAsync(Some.Waitable(), TimeSpan.Zero);
        var id = (await desk.TicketAsync()).Id;
        await desk.ApproveAsync(id);
        Task<AiAccessProxy.Actions.ActionOutcome> AnswerWhileGone(Cleared cleared)
        {
            fragile.IsFull = true;
            return Task.FromResult<AiAccessProxy.Actions.ActionOutcome>(OpenDesk.Answer(204));
        }

        await desk.CallAsync(Some.Waitable(), TimeSpan.Zero, AnswerWhileGone);
        fragile.IsFull = false;
        await desk.CallAsync(Decided(Effect.Allow), TimeSpan.Zero, AnswerWhileGone);
        var until = time.GetUtcNow() + TimeSpan.FromMinutes(1);
        await desk.AdvanceUntilAsync(() => Task.FromResult(time.GetUtcNow() >= until), TimeSpan.FromSeconds(1));
        Assert.Equal(TicketStatus.Executing, (await desk.TicketAsync(id)).Status);
        fragile.IsFull = false;

        await desk.AdvanceUntilAsync(async () => (await desk.KindsAsync()).Count(kind => kind == RecordKind.CallExecuted) == 2, TimeSpan.FromSeconds(1));

        Assert.Equal((TicketStatus.Executed, 204), (await desk.TicketAsync(id)) is var ticket ? (ticket.Status, ticket.Execution!.Status) : default);
        Assert.DoesNotContain(RecordKind.CallUnknown, await desk.KindsAsync());
    }

    [Fact]
    public async Task Counted_refusals_are_counted_on_until_they_can_be_recorded()
    {
        var time = new ManualTime();
        using var ledger = await Some.OpenLedgerAsync(time);
        var fragile = new FragileLedger(ledger) { IsFull = true };
        await using var desk = await OpenDesk.OpenAsync(time, ledger: fragile);
        var counter = desk.Get<RefusalCounter>();
        for (var i = 0; i < 1000; i++) counter.Count("unknown-agent");
        for (var i = 0; i < 500; i++) counter.Count($"made-up-{i}");
        await desk.AdvanceUntilAsync(() => Task.FromResult(time.GetUtcNow() > new ManualTime().GetUtcNow() + TimeSpan.FromMinutes(3)), TimeSpan.FromSeconds(20));
        Assert.Empty(await desk.KindsAsync());
        fragile.IsFull = false;
        counter.Count("unknown-agent");

        await desk.AdvanceUntilAsync(async () => (await desk.KindsAsync()).Count >= 65, TimeSpan.FromSeconds(20));

        var records = await desk.RecordsAsync();
        Assert.Equal(1001, records.Where(record => record.Detail == "unknown-agent").Sum(record => record.Count));
        Assert.Equal(1501, records.Sum(record => record.Count));
        Assert.Equal(65, records.Count);
    }

    private static async Task GoneAsync(Func<Task> act, bool when = true)
    {
        if (when) await Assert.ThrowsAsync<LedgerUnavailableException>(act);
    }

    private static Bound Decided(Effect effect) => Some.Waitable(rules: Some.Rules(Some.ApprovalRule() with { Effect = effect }));
}
