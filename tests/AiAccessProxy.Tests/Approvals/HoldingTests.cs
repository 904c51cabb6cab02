using AiAccessProxy.Approvals;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Tests.Approvals;

public class HoldingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_held_call_goes_through_once_it_is_approved_and_the_ledger_tells_it_all()
    {
        await using var desk = await OpenDesk.OpenAsync();
        var call = desk.CallAsync(Some.Waitable());
        await desk.HeldAsync(1);
        var ticket = await desk.TicketAsync();
        Assert.Equal(TicketStatus.Pending, ticket.Status);

        await desk.ApproveAsync(ticket.Id);
        var go = Assert.IsType<Clearance.Go>(await call);

        Assert.True(go.Cleared.IsPrivileged);
        Assert.Equal(Some.Waitable().Action.Digest.Hex, go.Cleared.Record.Action!.Digest);
        Assert.Equal(
            [RecordKind.TicketOpened, RecordKind.VoteApprove, RecordKind.TicketApproved, RecordKind.TicketExecuting, RecordKind.CallExecuted],
            await desk.KindsAsync());
        var done = await desk.TicketAsync(ticket.Id);
        Assert.Equal((TicketStatus.Executed, 200, go.Cleared.Record.Id), (done.Status, done.Execution!.Status, done.Execution.Record));
        Assert.Null(done.Shown);
        Assert.All(await desk.RecordsAsync(), record => Assert.Equal(ticket.Id.Value, record.Ticket));
        Assert.Equal(go.Cleared.Record.Id, (await desk.RecordsAsync())[^1].Of);
        Assert.Equal(0, desk.Waiting.Count);
    }

    [Fact]
    public async Task The_end_of_the_hold_leaves_the_ticket_pending_and_a_repeat_after_approval_goes_straight_through()
    {
        await using var desk = await OpenDesk.OpenAsync();
        var first = desk.CallAsync(Some.Waitable(), TimeSpan.FromSeconds(50));
        await desk.HeldAsync(1);
        await desk.AdvanceUntilAsync(() => Task.FromResult(first.IsCompleted));
        var pending = Assert.IsType<Refused.StillPending>(Assert.IsType<Clearance.No>(await first).Refused).Ticket;

        await desk.ApproveAsync(pending.Id);
        Assert.Equal(0, desk.Sent);

        Assert.IsType<Clearance.Go>(await desk.CallAsync(Some.Waitable(), TimeSpan.Zero));
        Assert.Equal(1, desk.Sent);
    }

    [Fact]
    public async Task A_process_that_is_told_to_stop_answers_its_held_calls_and_their_tickets_live_on()
    {
        await using var desk = await OpenDesk.OpenAsync();
        var held = desk.CallAsync(Some.Waitable(), TimeSpan.FromMinutes(10));
        await desk.HeldAsync(1);

        await desk.Get<Leaving>().LeaveAsync(Token);

        var pending = Assert.IsType<Refused.StillPending>(Assert.IsType<Clearance.No>(await held).Refused).Ticket;
        var late = await desk.CallAsync(Some.Waitable(), TimeSpan.FromMinutes(10));
        Assert.Equal(pending.Id, Assert.IsType<Refused.StillPending>(Assert.IsType<Clearance.No>(late).Refused).Ticket.Id);
        Assert.Equal(TicketStatus.Pending, (await desk.TicketAsync(pending.Id)).Status);
        Assert.Equal(0, desk.Sent);
    }

    [Fact]
    public async Task Without_a_hold_the_answer_comes_at_once()
    {
        await using var desk = await OpenDesk.OpenAsync();

        Assert.IsType<Refused.StillPending>(Assert.IsType<Clearance.No>(await desk.CallAsync(Some.Waitable(), TimeSpan.Zero)).Refused);
        Assert.IsType<Refused.StillPending>(Assert.IsType<Clearance.No>(await desk.CallAsync(Some.Waitable(), TimeSpan.Zero)).Refused);

        Assert.Equal([RecordKind.TicketOpened], await desk.KindsAsync());
    }

    [Fact]
    public async Task A_denial_ends_the_hold_with_its_reason()
    {
        await using var desk = await OpenDesk.OpenAsync();
        var call = desk.CallAsync(Some.Waitable());
        await desk.HeldAsync(1);
        await desk.Desk.VoteAsync((await desk.TicketAsync()).Id, Some.Ballot("grace", false, "not today"), Token);

        var no = Assert.IsType<Clearance.No>(await call).Refused;

        Assert.Equal("not today", Assert.IsType<Refused.Ended>(no).Ticket.EndedBecause);
        Assert.NotNull(no.Record);
        Assert.Equal(0, desk.Sent);
    }

    [Fact]
    public async Task A_client_that_leaves_while_held_leaves_its_ticket_behind_and_nothing_is_sent()
    {
        await using var desk = await OpenDesk.OpenAsync();
        using var gone = new CancellationTokenSource();
        var call = desk.CallAsync(Some.Waitable(), gone: gone.Token);
        await desk.HeldAsync(1);
        var ticket = await desk.TicketAsync();

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(0, desk.Waiting.Count);
        await desk.ApproveAsync(ticket.Id);
        Assert.Equal(TicketStatus.Approved, (await desk.TicketAsync()).Status);
        Assert.Equal(0, desk.Sent);
        Assert.IsType<Clearance.Go>(await desk.CallAsync(Some.Waitable()));
        Assert.Equal(1, desk.Sent);
    }

    [Fact]
    public async Task The_newest_connected_call_gets_the_turn()
    {
        await using var desk = await OpenDesk.OpenAsync();
        using var gone = new CancellationTokenSource();
        var first = desk.CallAsync(Some.Waitable());
        await desk.HeldAsync(1);
        var second = desk.CallAsync(Some.Waitable());
        await desk.HeldAsync(2);
        var third = desk.CallAsync(Some.Waitable(), gone: gone.Token);
        await desk.HeldAsync(3);
        await gone.CancelAsync();
        await desk.HeldAsync(2);

        await desk.ApproveAsync((await desk.TicketAsync()).Id);

        Assert.IsType<Clearance.Go>(await second);
        Assert.Equal(
            TicketStatus.Executed, Assert.IsType<Refused.AlreadyExecuted>(Assert.IsType<Clearance.No>(await first).Refused).Ticket.Status);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => third);
        Assert.Equal(1, desk.Sent);
    }

    [Fact]
    public async Task A_turn_whose_client_leaves_before_it_is_used_passes_to_the_next_newest()
    {
        await using var desk = await OpenDesk.OpenAsync();
        using var gone = new CancellationTokenSource();
        var older = desk.CallAsync(Some.Waitable());
        await desk.HeldAsync(1);
        var consent = desk.Desk.ConsentAsync(Some.Waitable(), Hold(), gone.Token);
        await desk.HeldAsync(2);
        await desk.ApproveAsync((await desk.TicketAsync()).Id);
        var turn = Assert.IsType<Verdict.Turn>(await consent);
        Assert.False(older.IsCompleted);

        await gone.CancelAsync();

        Assert.IsType<Clearance.Go>(await older);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await desk.Clearing.ClearAsync(Some.Waitable(), turn, gone.Token));
        Assert.Equal(1, desk.Sent);
    }

    [Fact]
    public async Task A_turn_that_nobody_uses_passes_on_and_coming_too_late_with_it_sends_nothing()
    {
        await using var desk = await OpenDesk.OpenAsync();
        var older = desk.CallAsync(Some.Waitable());
        await desk.HeldAsync(1);
        var consent = desk.Desk.ConsentAsync(Some.Waitable(), Hold(), Token);
        await desk.HeldAsync(2);
        await desk.ApproveAsync((await desk.TicketAsync()).Id);
        var turn = Assert.IsType<Verdict.Turn>(await consent);

        await desk.AdvanceUntilAsync(() => Task.FromResult(older.IsCompleted));

        Assert.IsType<Clearance.Go>(await older);
        var late = Assert.IsType<Clearance.No>(await desk.Clearing.ClearAsync(Some.Waitable(), turn, Token));
        Assert.IsType<Refused.AlreadyExecuted>(late.Refused);
        Assert.Equal(1, desk.Sent);
    }

    [Fact]
    public async Task Who_joins_while_it_is_executing_waits_for_the_outcome_or_for_the_end_of_its_hold()
    {
        await using var desk = await OpenDesk.OpenAsync();
        var answer = new TaskCompletionSource();
        var sending = new TaskCompletionSource();
        var first = desk.CallAsync(Some.Waitable(), upstream: async _ =>
        {
            sending.SetResult();
            await answer.Task;
            return OpenDesk.Answer(201);
        });
        await desk.HeldAsync(1);
        await desk.ApproveAsync((await desk.TicketAsync()).Id);
        await sending.Task;

        var impatient = Assert.IsType<Clearance.No>(await desk.CallAsync(Some.Waitable(), TimeSpan.Zero)).Refused;
        var patient = desk.CallAsync(Some.Waitable());
        await desk.HeldAsync(1);
        answer.SetResult();

        Assert.Equal(TicketStatus.Executing, Assert.IsType<Refused.AlreadyExecuted>(impatient).Ticket.Status);
        Assert.Equal(201, Assert.IsType<Refused.AlreadyExecuted>(Assert.IsType<Clearance.No>(await patient).Refused).Ticket.Execution!.Status);
        await first;
        Assert.Equal(1, desk.Sent);
    }

    [Fact]
    public async Task An_agent_holds_as_many_calls_as_it_may_and_another_agent_is_not_troubled_by_that()
    {
        await using var desk = await OpenDesk.OpenAsync(rules: Some.Rules(agents: 2), settings: ("maxHeldPerAgent", "2"));
        _ = desk.CallAsync(Some.Waitable());
        _ = desk.CallAsync(Some.Waitable());
        await desk.HeldAsync(2);

        var refused = Assert.IsType<Clearance.No>(await desk.CallAsync(Some.Waitable())).Refused;

        Assert.Equal(new Refused.TooMany("held calls", 2) { Record = refused.Record }, refused);
        Assert.NotNull(refused.Record);
        _ = desk.CallAsync(Some.Waitable(agent: 1));
        await desk.HeldAsync(3);
    }

    [Fact]
    public async Task A_lost_hint_costs_a_second_at_most()
    {
        var time = new ManualTime();
        using var ledger = await Some.OpenLedgerAsync(time);
        await using var here = await OpenDesk.OpenAsync(time, ledger: new FragileLedger(ledger));
        await using var there = await OpenDesk.OpenAsync(time, ledger: ledger, start: false);
        var call = here.CallAsync(Some.Waitable());
        await here.HeldAsync(1);
        await there.ApproveAsync((await here.TicketAsync()).Id);
        var before = time.GetUtcNow();

        await here.AdvanceUntilAsync(() => Task.FromResult(call.IsCompleted));

        Assert.IsType<Clearance.Go>(await call);
        Assert.InRange(time.GetUtcNow() - before, TimeSpan.Zero, TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_long_poll_ends_with_the_decision_or_with_its_time()
    {
        await using var desk = await OpenDesk.OpenAsync();
        await desk.CallAsync(Some.Waitable(), TimeSpan.Zero);
        var id = (await desk.TicketAsync()).Id;

        var decided = desk.Desk.WaitAsync(id, TimeSpan.FromMinutes(5), Token);
        var impatient = desk.Desk.WaitAsync(id, TimeSpan.FromSeconds(5), Token).AsTask();
        await desk.AdvanceUntilAsync(() => Task.FromResult(impatient.IsCompleted));
        Assert.Equal(TicketStatus.Pending, (await impatient)!.Status);
        await desk.ApproveAsync(id);

        Assert.Equal(TicketStatus.Approved, (await decided)!.Status);
        Assert.Null(await desk.Desk.WaitAsync(new("t_none"), TimeSpan.FromMinutes(5), Token));
    }

    private static Hold Hold() => new(TimeSpan.FromMinutes(20), AiAccessProxy.Policies.WhenPending.Refuse);
}
