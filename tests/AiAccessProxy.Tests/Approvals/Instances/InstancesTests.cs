using AiAccessProxy.Approvals;
using AiAccessProxy.Approvals.Instances;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Approvals.Instances;

/// <summary>Several instances over one ledger that they may all write.</summary>
public sealed class InstancesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Instances_see_each_other_and_agree_who_sees_to_what()
    {
        await using var three = await Together.OpenAsync(3);
        await three.AdvanceAsync(TimeSpan.FromSeconds(3));

        Assert.All(three.Desks, desk => Assert.Equal(3, desk.Get<InstanceSet>().Alive.Count));
        var shares = three.Desks.Select(desk => desk.Get<InstanceSet>()).ToList();
        var owners = Enumerable.Range(0, 300).Select(i => Assert.Single(shares, share => share.IsMine($"t_{i}")).Self).ToList();
        Assert.All(shares, share => Assert.InRange(owners.Count(owner => owner == share.Self), 50, 200));
    }

    [Fact]
    public async Task What_is_due_is_tried_by_one_of_them_and_by_another_when_that_one_does_not_come()
    {
        await using var two = await Together.OpenAsync(2, start: false);
        var seen = await SeeAsync(two);
        await two.Desks[0].CallAsync(Some.Waitable(), TimeSpan.Zero);
        var ticket = await two.Desks[0].TicketAsync();
        var (owner, other) = seen[0].IsMine(ticket.Id.Value) ? (two.Desks[0], two.Desks[1]) : (two.Desks[1], two.Desks[0]);

        two.Time.Advance(ticket.DecideBy - two.Time.GetUtcNow() + TimeSpan.FromSeconds(1));
        await other.Get<Overdue>().SweepAsync(Token);
        Assert.Equal(TicketStatus.Pending, (await owner.TicketAsync(ticket.Id)).Status);
        two.Time.Advance(TimeSpan.FromSeconds(3));
        await other.Get<Overdue>().SweepAsync(Token);
        Assert.Equal(TicketStatus.Expired, (await owner.TicketAsync(ticket.Id)).Status);
    }

    [Fact]
    public async Task Many_tickets_that_all_see_due_at_once_are_ended_once_each_and_with_next_to_no_try_in_vain()
    {
        await using var three = await Together.OpenAsync(3, start: false);
        await SeeAsync(three);
        const int Count = 200;
        for (var i = 0; i < Count; i++) await three.Desks[0].CallAsync(Some.Waitable($"/v1/{i}"), TimeSpan.Zero);
        var due = (await three.Desks[0].LiveAsync()).Max(ticket => ticket.DecideBy);
        var before = three.Ledger.Changes;

        three.Time.Advance(due - three.Time.GetUtcNow());
        await Task.WhenAll(three.Desks.Select(desk => desk.Get<Overdue>().SweepAsync(Token)));

        Assert.Equal(Count, (await three.Desks[0].KindsAsync()).Count(kind => kind == RecordKind.TicketExpired));
        Assert.Equal(Count, three.Ledger.Changes - before);
    }

    [Fact]
    public async Task One_that_starts_leaves_alone_what_another_is_sending_and_ends_it_once_its_lease_has_run_out()
    {
        await using var two = await Together.OpenAsync(2, start: false);
        var (dying, starting) = (two.Desks[0], two.Desks[1]);
        await dying.CallAsync(Some.Waitable(), TimeSpan.Zero);
        var id = (await dying.TicketAsync()).Id;
        await dying.ApproveAsync(id);
        var verdict = await dying.Desk.ConsentAsync(Some.Waitable(), default, Token);
        Assert.IsType<Clearance.Go>(await dying.Clearing.ClearAsync(Some.Waitable(), verdict, Token));

        await starting.StartAsync();
        Assert.Equal(TicketStatus.Executing, (await starting.TicketAsync(id)).Status);
        await starting.AdvanceUntilAsync(async () => (await starting.TicketAsync(id)).IsOver);
        Assert.Equal(TicketStatus.Unknown, (await starting.TicketAsync(id)).Status);
        Assert.Single(await starting.KindsAsync(), kind => kind == RecordKind.CallUnknown);
    }

    [Fact]
    public async Task Different_rules_alarm_within_ten_seconds_are_on_record_once_each_and_end_when_all_have_the_same()
    {
        await using var two = await Together.OpenAsync(2, hashes: ["a", "b"]);
        var sets = two.Desks.Select(desk => desk.Get<InstanceSet>()).ToList();
        var started = two.Time.GetUtcNow();
        await two.Desks[0].AdvanceUntilAsync(() => Task.FromResult(sets.TrueForAll(set => set.Differs is { IsCertain: true })));
        Assert.InRange(two.Time.GetUtcNow() - started, PolicyDifference.Moment, TimeSpan.FromSeconds(10));

        await two.AdvanceAsync(TimeSpan.FromSeconds(6));
        var told = (await two.Desks[0].RecordsAsync()).Where(record => record.Kind == RecordKind.PolicyDiffers).ToList();
        Assert.Equal(2, told.Count);
        Assert.All(told, record => Assert.All(sets, set => Assert.Contains(set.Self, record.Detail, StringComparison.Ordinal)));

        await two.Desks[1].Policies.SwapAsync(Some.Rules() with { Hash = "a" }, Token);
        await two.Desks[0].AdvanceUntilAsync(() => Task.FromResult(sets.TrueForAll(set => set.Differs is null)));
    }

    [Fact]
    public async Task While_changed_rules_reach_one_after_the_other_neither_cancels_the_others_tickets_and_each_lets_through_what_its_own_rules_ask_for()
    {
        await using var two = await Together.OpenAsync(2, start: false);
        var (old, changed) = (two.Desks[0], two.Desks[1]);
        await SeeAsync(two);
        var before = Some.Rules() with { Hash = "same" };
        var rules = Some.Rules(Some.ApprovalRule() with { Content = "content-2" }) with { Hash = "changed" };
        await changed.Policies.SwapAsync(rules, Token);

        var asked = await PendingAsync(old, Some.Waitable(rules: before));
        // Known at once where they changed, and soon after where they did not.
        Assert.Equal(asked, await PendingAsync(changed, Some.Waitable(rules: rules)));
        await SeeAsync(two);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(asked, await PendingAsync(old, Some.Waitable(rules: before)));
            Assert.Equal(asked, await PendingAsync(changed, Some.Waitable(rules: rules)));
        }

        await old.ApproveAsync(asked);
        Assert.Equal(asked, await PendingAsync(changed, Some.Waitable(rules: rules)));
        Assert.Equal(0, changed.Sent);
        Assert.IsType<Clearance.Go>(await old.CallAsync(Some.Waitable(rules: before), TimeSpan.Zero));

        // The other way round, and until all have the same.
        var other = await PendingAsync(changed, Some.Waitable("/v1/other", rules: rules));
        Assert.Equal(other, await PendingAsync(old, Some.Waitable("/v1/other", rules: before)));
        await changed.Policies.SwapAsync(before, Token);
        await SeeAsync(two);
        Assert.NotEqual(other, await PendingAsync(old, Some.Waitable("/v1/other", rules: before)));
        Assert.Equal(TicketStatus.Cancelled, (await old.TicketAsync(other)).Status);
    }

    [Fact]
    public async Task One_that_was_paused_for_long_is_taken_off_the_roll_once_and_comes_back()
    {
        await using var two = await Together.OpenAsync(2, start: false);
        var rolls = two.Desks.Select(desk => desk.Get<InstanceRoll>()).ToList();
        foreach (var roll in rolls) await roll.AnnounceAsync(Token);
        two.Time.Advance(InstanceRoll.Gone);
        await rolls[0].AnnounceAsync(Token);

        Assert.Single(await rolls[0].CallAsync(Token));
        Assert.Single(await rolls[0].CallAsync(Token));
        Assert.Single(await two.Desks[0].KindsAsync(), kind => kind == RecordKind.InstanceLost);
        await rolls[1].AnnounceAsync(Token);
        Assert.Equal(2, (await rolls[0].CallAsync(Token)).Count);
    }

    [Fact]
    public async Task One_that_stops_leaves_the_roll_at_once()
    {
        await using var one = await Together.OpenAsync(1);
        var leaving = await OpenDesk.OpenAsync(one.Time, ledger: one.Ledger, isShared: true);
        await leaving.DisposeAsync();

        Assert.Equal([one.Desks[0].Get<InstanceSet>().Self], (await one.Desks[0].Get<InstanceRoll>().CallAsync(Token)).Select(seen => seen.Name));
        Assert.Contains(RecordKind.InstanceLeft, await one.Desks[0].KindsAsync());
    }

    [Fact]
    public async Task Alone_on_a_ledger_that_nobody_else_may_write_there_is_nothing_to_announce()
    {
        await using var desk = await OpenDesk.OpenAsync();
        desk.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Empty(await desk.KindsAsync());
        Assert.True(desk.Get<InstanceSet>().IsMine("anything"));
    }

    [Fact]
    public async Task Told_to_stop_it_says_so_first_and_holds_its_calls_for_as_long_as_a_balancer_needs()
    {
        await using var desk = await OpenDesk.OpenAsync(settings: ("drain", "20s"));
        var held = desk.CallAsync(Some.Waitable(), TimeSpan.FromMinutes(10));
        await desk.HeldAsync(1);

        var leaving = desk.Get<Leaving>().LeaveAsync(Token);
        Assert.True(desk.Get<InstanceSet>().IsLeaving);
        desk.Time.Advance(TimeSpan.FromSeconds(19));
        Assert.False(leaving.IsCompleted);
        Assert.False(held.IsCompleted);

        desk.Time.Advance(TimeSpan.FromSeconds(1));
        await leaving;
        Assert.IsType<Refused.StillPending>(Assert.IsType<Clearance.No>(await held).Refused);
    }

    private static async Task<TicketId> PendingAsync(OpenDesk desk, Bound call) =>
        Assert.IsType<Refused.StillPending>(Assert.IsType<Clearance.No>(await desk.CallAsync(call, TimeSpan.Zero)).Refused).Ticket.Id;

    private static async Task<IReadOnlyList<InstanceSet>> SeeAsync(Together together)
    {
        foreach (var desk in together.Desks) await desk.Get<InstanceRoll>().AnnounceAsync(Token);
        foreach (var desk in together.Desks) desk.Get<InstanceSet>().Saw(await desk.Get<InstanceRoll>().CallAsync(Token));
        // As long as nobody moves the clock they stay alive, and this list does not age by itself.
        return [.. together.Desks.Select(desk => desk.Get<InstanceSet>())];
    }

    private sealed class Together(ManualTime time, AiAccessProxy.Ledger.Embedded.EmbeddedLedger under, FragileLedger ledger, List<OpenDesk> desks) : IAsyncDisposable
    {
        public ManualTime Time => time;

        public FragileLedger Ledger => ledger;

        public List<OpenDesk> Desks => desks;

        public static async Task<Together> OpenAsync(int count, bool start = true, string[]? hashes = null)
        {
            var time = new ManualTime();
            var under = await Some.OpenLedgerAsync(time);
            var (ledger, desks) = (new FragileLedger(under), new List<OpenDesk>());
            for (var i = 0; i < count; i++)
                desks.Add(await OpenDesk.OpenAsync(
                    time, ledger: ledger, start: start, isShared: true, rules: Some.Rules() with { Hash = hashes?[i] ?? "same" },
                    settings: ("maxTicketsPerAgent", "1000")));
            return new(time, under, ledger, desks);
        }

        public async Task AdvanceAsync(TimeSpan span)
        {
            var until = time.GetUtcNow() + span;
            await desks[0].AdvanceUntilAsync(() => Task.FromResult(time.GetUtcNow() >= until));
            // What the last step set off may still be under way.
            await OpenDesk.UntilAsync(() => desks.TrueForAll(desk => desk.Get<InstanceSet>().Alive.Count == desks.Count));
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var desk in desks) await desk.DisposeAsync();
            under.Dispose();
        }
    }
}
