using AiAccessProxy.Actions;
using AiAccessProxy.Approvals;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Tests.Approvals;

public class DeadlinesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_ticket_that_nobody_decides_expires_and_the_held_call_is_told()
    {
        await using var desk = await OpenDesk.OpenAsync();
        var call = desk.CallAsync(Some.Waitable(), TimeSpan.FromHours(2));
        await desk.HeldAsync(1);

        await desk.AdvanceUntilAsync(() => Task.FromResult(call.IsCompleted), TimeSpan.FromSeconds(5));

        var ticket = Assert.IsType<Refused.Ended>(Assert.IsType<Clearance.No>(await call).Refused).Ticket;
        Assert.Equal(TicketStatus.Expired, ticket.Status);
        Assert.Null(ticket.Shown);
        Assert.Equal([RecordKind.TicketOpened, RecordKind.TicketExpired, RecordKind.Refused], await desk.KindsAsync());
    }

    [Fact]
    public async Task An_approval_that_nobody_uses_lapses()
    {
        await using var desk = await OpenDesk.OpenAsync();
        await desk.CallAsync(Some.Waitable(), TimeSpan.Zero);
        var id = (await desk.TicketAsync()).Id;
        await desk.ApproveAsync(id);

        await desk.AdvanceUntilAsync(async () => (await desk.TicketAsync(id)).IsOver, TimeSpan.FromSeconds(5));

        Assert.Equal(TicketStatus.Lapsed, (await desk.TicketAsync(id)).Status);
        Assert.Equal(RecordKind.TicketLapsed, (await desk.KindsAsync())[^1]);
        Assert.Equal(0, desk.Sent);
    }

    [Fact]
    public async Task A_use_in_the_moment_the_approval_lapses_is_too_late_though_no_sweeper_has_come_by()
    {
        await using var desk = await OpenDesk.OpenAsync(start: false);
        await desk.CallAsync(Some.Waitable(), TimeSpan.Zero);
        await desk.ApproveAsync((await desk.TicketAsync()).Id);
        var verdict = Assert.IsType<Verdict.Turn>(
            await desk.Desk.ConsentAsync(Some.Waitable(), new(TimeSpan.Zero, AiAccessProxy.Policies.WhenPending.Refuse), Token));
        desk.Time.Advance(TimeSpan.FromMinutes(10));

        var no = Assert.IsType<Clearance.No>(await desk.Clearing.ClearAsync(Some.Waitable(), verdict, Token));

        Assert.Equal(TicketStatus.Lapsed, Assert.IsType<Refused.Ended>(no.Refused).Ticket.Status);
    }

    [Fact]
    public async Task A_call_that_takes_long_keeps_its_lease_and_is_not_given_up()
    {
        await using var desk = await OpenDesk.OpenAsync();
        var answer = new TaskCompletionSource();
        var call = desk.CallAsync(Some.Waitable(), upstream: async _ =>
        {
            await answer.Task;
            return OpenDesk.Answer();
        });
        await desk.HeldAsync(1);
        var id = (await desk.TicketAsync()).Id;
        await desk.ApproveAsync(id);
        await OpenDesk.UntilAsync(() => desk.Sent == 1);

        var until = desk.Time.GetUtcNow() + TimeSpan.FromMinutes(3);
        await desk.AdvanceUntilAsync(() => Task.FromResult(desk.Time.GetUtcNow() >= until), TimeSpan.FromSeconds(1));
        await OpenDesk.UntilAsync(() => desk.Desk.FindAsync(id, Token).AsTask().Result!.Execution!.Lease > desk.Time.GetUtcNow());
        Assert.Equal(TicketStatus.Executing, (await desk.TicketAsync(id)).Status);
        answer.SetResult();
        await call;

        Assert.Equal(TicketStatus.Executed, (await desk.TicketAsync(id)).Status);
        Assert.DoesNotContain(RecordKind.CallUnknown, await desk.KindsAsync());
    }

    [Fact]
    public async Task A_call_whose_sender_stopped_renewing_becomes_unknown_and_what_it_says_later_is_on_record_without_moving_the_ticket()
    {
        var time = new ManualTime();
        using var ledger = await Some.OpenLedgerAsync(time);
        await using var dying = await OpenDesk.OpenAsync(time, ledger: ledger, start: false);
        await dying.CallAsync(Some.Waitable(), TimeSpan.Zero);
        var id = (await dying.TicketAsync()).Id;
        await dying.ApproveAsync(id);
        var verdict = await dying.Desk.ConsentAsync(Some.Waitable(), default, Token);
        var cleared = Assert.IsType<Clearance.Go>(await dying.Clearing.ClearAsync(Some.Waitable(), verdict, Token)).Cleared;

        // A second instance: it must not settle at its start what another may be sending.
        await using var living = await OpenDesk.OpenAsync(time, ledger: ledger, start: false);
        await living.Get<Overdue>().SweepAsync(Token);
        Assert.Equal(TicketStatus.Executing, (await living.TicketAsync(id)).Status);
        time.Advance(TimeSpan.FromSeconds(15));
        await living.Get<Overdue>().SweepAsync(Token);
        await dying.Clearing.CloseAsync(cleared, OpenDesk.Answer(201));

        Assert.Equal(TicketStatus.Unknown, (await living.TicketAsync(id)).Status);
        var last = (await living.RecordsAsync())[^2..];
        Assert.Equal([RecordKind.CallUnknown, RecordKind.CallExecuted], last.Select(record => record.Kind));
        Assert.Equal((201, cleared.Record.Id), (last[1].Outcome!.Status, last[1].Of));
        Assert.NotNull(last[1].Detail);
    }

    [Fact]
    public async Task After_a_restart_what_was_being_sent_is_unknown_before_anything_is_served_and_repeats_join_the_same_tickets()
    {
        var (time, folder) = (new ManualTime(), Some.LedgerFolder());
        TicketId executing, pending, approved;
        await using (var before = await OpenDesk.OpenAsync(time, folder))
        {
            await before.CallAsync(Some.Waitable("/v1/executing"), TimeSpan.Zero);
            executing = (await before.TicketAsync()).Id;
            await before.ApproveAsync(executing);
            var verdict = await before.Desk.ConsentAsync(Some.Waitable("/v1/executing"), default, Token);
            Assert.IsType<Clearance.Go>(await before.Clearing.ClearAsync(Some.Waitable("/v1/executing"), verdict, Token));
            await before.CallAsync(Some.Waitable("/v1/pending", "k"), TimeSpan.Zero);
            await before.CallAsync(Some.Waitable("/v1/approved"), TimeSpan.Zero);
            var live = await before.LiveAsync();
            (pending, approved) = (live.Single(one => one.Action.Target == "/v1/pending").Id, live.Single(one => one.Action.Target == "/v1/approved").Id);
            await before.ApproveAsync(approved);
        }

        await using var after = await OpenDesk.OpenAsync(time, folder);

        Assert.Equal(TicketStatus.Unknown, (await after.TicketAsync(executing)).Status);
        Assert.IsType<Refused.AlreadyExecuted>(Assert.IsType<Clearance.No>(await after.CallAsync(Some.Waitable("/v1/executing"), TimeSpan.Zero)).Refused);
        Assert.Equal(
            pending,
            Assert.IsType<Refused.StillPending>(
                Assert.IsType<Clearance.No>(await after.CallAsync(Some.Waitable("/v1/pending", "k"), TimeSpan.Zero)).Refused).Ticket.Id);
        Assert.Equal(approved.Value, Assert.IsType<Clearance.Go>(await after.CallAsync(Some.Waitable("/v1/approved"), TimeSpan.Zero)).Cleared.Record.Ticket);
        Assert.Equal(3, (await after.KindsAsync()).Count(kind => kind == RecordKind.TicketOpened));
    }

    [Fact]
    public async Task The_first_byte_may_leave_for_two_seconds_after_the_edge_was_asked_for()
    {
        await using var desk = await OpenDesk.OpenAsync();
        await desk.CallAsync(Some.Waitable(), TimeSpan.Zero);
        await desk.ApproveAsync((await desk.TicketAsync()).Id);
        var verdict = await desk.Desk.ConsentAsync(Some.Waitable(), default, Token);
        var cleared = Assert.IsType<Clearance.Go>(await desk.Clearing.ClearAsync(Some.Waitable(), verdict, Token)).Cleared;

        Assert.True(cleared.MayStillBeSent);
        desk.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(cleared.MayStillBeSent);
        await desk.Clearing.CloseAsync(cleared, new ActionOutcome.NotSent("too late", TimeSpan.Zero));
        Assert.Equal(TicketStatus.Failed, (await desk.TicketAsync(new(cleared.Record.Ticket!))).Status);
    }
}
