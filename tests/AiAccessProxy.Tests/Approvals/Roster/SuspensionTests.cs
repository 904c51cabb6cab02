using AiAccessProxy.Approvals;
using AiAccessProxy.Approvals.Roster;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Approvals.Roster;

public class SuspensionTests
{
    private const string Bot = "billing-bot";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_suspended_agent_opens_no_ticket_and_joins_none_until_it_is_resumed()
    {
        await using var desk = await OpenDesk.OpenAsync(rules: Some.OperatedRules());
        var roster = desk.Get<RosterDesk>();
        Assert.IsType<Refused.StillPending>(await RefusedAsync(desk, "/one"));

        Assert.True(Assert.IsType<RosterOutcome.Done>(await roster.SuspendAsync(Bot, Some.Deciding(), "it runs wild")).Changed);

        var refused = Assert.IsType<Refused.AgentSuspended>(await RefusedAsync(desk, "/one"));
        Assert.Equal(("mallory", "it runs wild"), (refused.Suspension.By, refused.Suspension.Why));
        Assert.NotNull(refused.Record);
        Assert.IsType<Refused.AgentSuspended>(await RefusedAsync(desk, "/two"));
        Assert.Equal(TicketStatus.Pending, (await desk.TicketAsync()).Status);

        Assert.True(Assert.IsType<RosterOutcome.Done>(await roster.ResumeAsync(Bot, Some.Deciding("judy"), null)).Changed);
        Assert.IsType<Refused.StillPending>(await RefusedAsync(desk, "/one"));
        Assert.IsType<Refused.StillPending>(await RefusedAsync(desk, "/two"));
    }

    [Fact]
    public async Task An_approval_is_not_used_while_its_agent_is_suspended_and_is_once_it_is_resumed()
    {
        await using var desk = await OpenDesk.OpenAsync(rules: Some.OperatedRules());
        var roster = desk.Get<RosterDesk>();
        await RefusedAsync(desk, "/one");
        var id = (await desk.TicketAsync()).Id;
        await desk.ApproveAsync(id);
        await roster.SuspendAsync(Bot, Some.Deciding(), null);

        Assert.IsType<Refused.AgentSuspended>(await RefusedAsync(desk, "/one"));
        Assert.Equal((TicketStatus.Approved, 0), ((await desk.TicketAsync(id)).Status, desk.Sent));

        await roster.ResumeAsync(Bot, Some.Deciding(), null);
        Assert.IsType<Clearance.Go>(await CallAsync(desk, "/one"));
        Assert.Equal(TicketStatus.Executed, (await desk.TicketAsync(id)).Status);
    }

    [Fact]
    public async Task Nothing_of_a_suspended_agent_is_approved_but_it_can_be_denied()
    {
        await using var desk = await OpenDesk.OpenAsync(rules: Some.OperatedRules());
        await RefusedAsync(desk, "/one");
        var id = (await desk.TicketAsync()).Id;
        await desk.Get<RosterDesk>().SuspendAsync(Bot, Some.Deciding(), null);

        Assert.IsType<VoteOutcome.AgentSuspended>(await desk.Desk.VoteAsync(id, Some.Ballot("grace"), Token));
        Assert.Contains("suspended by mallory", desk.Desk.WhyNot(await desk.TicketAsync(id), "grace"), StringComparison.Ordinal);
        Assert.Contains("suspended by mallory", (await desk.RecordsAsync()).Last(record => record.Kind == RecordKind.VoteRefused).Detail, StringComparison.Ordinal);
        Assert.IsType<VoteOutcome.Counted>(await desk.Desk.VoteAsync(id, Some.Ballot("grace", approve: false, "no"), Token));
    }

    [Theory]
    [InlineData("mallory", true, true)] // an operator
    [InlineData("ada", true, false)] // its owner
    [InlineData("grace", false, false)]
    [InlineData("joan", false, false)] // for whom it acts
    [InlineData("nobody", false, false)]
    public async Task Stopping_takes_its_owner_or_an_operator_and_letting_go_takes_an_operator(string person, bool maySuspend, bool mayResume)
    {
        await using var desk = await OpenDesk.OpenAsync(rules: Some.OperatedRules());
        var roster = desk.Get<RosterDesk>();

        Assert.Equal(maySuspend, await roster.SuspendAsync(Bot, Some.Deciding(person), null) is RosterOutcome.Done);
        Assert.Equal(maySuspend, desk.Policies.Current.Agents.SuspensionOf(Bot) is not null);
        await roster.SuspendAsync(Bot, Some.Deciding(), null);
        Assert.Equal(mayResume, await roster.ResumeAsync(Bot, Some.Deciding(person), null) is RosterOutcome.Done);
        Assert.Equal(mayResume, desk.Policies.Current.Agents.SuspensionOf(Bot) is null);
    }

    [Fact]
    public async Task Without_a_group_of_operators_nobody_resumes()
    {
        await using var desk = await OpenDesk.OpenAsync();
        var roster = desk.Get<RosterDesk>();
        Assert.IsType<RosterOutcome.Done>(await roster.SuspendAsync(Bot, Some.Deciding("ada"), null));
        foreach (var person in new[] { "ada", "grace", "mallory", "operators" })
            Assert.Contains("operators", Assert.IsType<RosterOutcome.NotEntitled>(await roster.ResumeAsync(Bot, Some.Deciding(person), null)).Why, StringComparison.Ordinal);
        Assert.IsType<RosterOutcome.NoAgent>(await roster.SuspendAsync("stranger", Some.Deciding(), null));
    }

    [Fact]
    public async Task Who_suspended_and_resumed_is_on_record_once_and_a_repeat_changes_nothing()
    {
        await using var desk = await OpenDesk.OpenAsync(rules: Some.OperatedRules());
        var roster = desk.Get<RosterDesk>();
        await roster.SuspendAsync(Bot, Some.Deciding(), "it runs wild");
        Assert.False(Assert.IsType<RosterOutcome.Done>(await roster.SuspendAsync(Bot, Some.Deciding("judy"), "again")).Changed);
        await roster.ResumeAsync(Bot, Some.Deciding("judy"), "mended");
        Assert.False(Assert.IsType<RosterOutcome.Done>(await roster.ResumeAsync(Bot, Some.Deciding(), null)).Changed);

        var records = (await desk.RecordsAsync()).Where(record => record.Kind.StartsWith("agent.", StringComparison.Ordinal)).ToList();
        Assert.Equal(
            [(RecordKind.AgentSuspended, Bot, "mallory", "it runs wild"), (RecordKind.AgentResumed, Bot, "judy", "mended")],
            records.Select(record => (record.Kind, record.Agent!.Id, record.Reviewer!.Id, record.Detail!)));
        Assert.All(records, record => Assert.Equal(("api", "key:laptop", (string?)null), (record.Reviewer!.Channel, record.Reviewer.Authenticated, record.Agent!.Authenticated)));
    }

    [Fact]
    public async Task A_suspension_outlives_the_process_and_a_reload_of_the_files()
    {
        var (time, folder) = (new ManualTime(), Some.LedgerFolder());
        await using (var desk = await OpenDesk.OpenAsync(time, folder, rules: Some.OperatedRules()))
        {
            await desk.Get<RosterDesk>().SuspendAsync(Bot, Some.Deciding(), null);
            await desk.Policies.SwapAsync(Some.OperatedRules(), Token);
            Assert.NotNull(desk.Policies.Current.Agents.SuspensionOf(Bot));
        }

        await using var again = await OpenDesk.OpenAsync(time, folder, rules: Some.OperatedRules());
        Assert.IsType<Refused.AgentSuspended>(await RefusedAsync(again, "/one"));
    }

    [Fact]
    public async Task A_suspension_by_another_instance_is_in_force_here_by_its_hint()
    {
        var time = new ManualTime();
        using var ledger = await Some.OpenLedgerAsync(time);
        await using var here = await OpenDesk.OpenAsync(time, ledger: ledger, rules: Some.OperatedRules());
        await using var there = await OpenDesk.OpenAsync(time, ledger: ledger, rules: Some.OperatedRules());

        await there.Get<RosterDesk>().SuspendAsync(Bot, Some.Deciding(), null);

        await OpenDesk.UntilAsync(() => here.Policies.Current.Agents.SuspensionOf(Bot) is not null); // the clock stands still
    }

    [Fact]
    public async Task A_suspension_whose_hint_is_lost_is_in_force_here_within_a_second()
    {
        var time = new ManualTime();
        using var ledger = await Some.OpenLedgerAsync(time);
        await using var here = await OpenDesk.OpenAsync(time, ledger: new HintlessLedger(ledger), rules: Some.OperatedRules());
        await using var there = await OpenDesk.OpenAsync(time, ledger: ledger, rules: Some.OperatedRules());

        await there.Get<RosterDesk>().SuspendAsync(Bot, Some.Deciding(), null);
        Assert.Null(here.Policies.Current.Agents.SuspensionOf(Bot));
        time.Advance(RosterWatch.Every);

        await OpenDesk.UntilAsync(() => here.Policies.Current.Agents.SuspensionOf(Bot) is not null); // the clock stands still
        Assert.True(RosterWatch.Every < TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_suspension_that_is_not_heard_of_yet_stops_the_use_and_the_opening_all_the_same()
    {
        var time = new ManualTime();
        using var ledger = await Some.OpenLedgerAsync(time);
        await using var here = await OpenDesk.OpenAsync(time, ledger: new HintlessLedger(ledger), rules: Some.OperatedRules());
        await using var there = await OpenDesk.OpenAsync(time, ledger: ledger, rules: Some.OperatedRules());
        await RefusedAsync(here, "/one");
        await here.ApproveAsync((await here.TicketAsync()).Id);
        await there.Get<RosterDesk>().SuspendAsync(Bot, Some.Deciding(), null);

        Assert.Null(here.Policies.Current.Agents.SuspensionOf(Bot));
        Assert.IsType<Refused.AgentSuspended>(await RefusedAsync(here, "/one"));
        await there.Get<RosterDesk>().ResumeAsync(Bot, Some.Deciding(), null);
        await there.Get<RosterDesk>().SuspendAsync(Bot, Some.Deciding(), null);
        Assert.IsType<Refused.AgentSuspended>(await RefusedAsync(here, "/two"));
        Assert.Equal(0, here.Sent);
    }

    /// <summary>In the ledger's order nothing is opened or used after a suspension, whatever raced with it.</summary>
    [Fact]
    public async Task A_suspension_and_a_use_never_cross()
    {
        var time = new ManualTime();
        using var ledger = await Some.OpenLedgerAsync(time);
        await using var one = await OpenDesk.OpenAsync(time, ledger: new HintlessLedger(ledger), rules: Some.OperatedRules());
        await using var two = await OpenDesk.OpenAsync(time, ledger: ledger, rules: Some.OperatedRules());
        var random = new Random(20261121);
        for (var round = 0; round < 60; round++)
        {
            await RefusedAsync(one, $"/{round}");
            var id = (await one.LiveAsync()).Single(ticket => ticket.Status == TicketStatus.Pending).Id;
            await one.ApproveAsync(id);
            var roster = two.Get<RosterDesk>();
            var (wait, spin) = (random.Next(2) == 0, random.Next(2000));
            await Task.WhenAll(
                Task.Run(() => Pause(wait ? spin : 0, () => CallAsync(one, $"/{round}"))),
                Task.Run(() => Pause(wait ? spin : 0, () => CallAsync(two, $"/{round}/new"))),
                Task.Run(() => Pause(wait ? 0 : spin, async () => await roster.SuspendAsync(Bot, Some.Deciding(), null))));
            await CallAsync(one, $"/{round}");
            await roster.ResumeAsync(Bot, Some.Deciding(), null);
            await one.Get<RosterBook>().RefreshAsync(Bot);
            await CallAsync(two, $"/{round}");
            foreach (var left in await one.LiveAsync()) await one.Desk.CancelAsync(left.Id, Bot, Token);
        }

        var suspended = false;
        var records = await one.RecordsAsync();
        foreach (var record in records)
        {
            if (record.Kind is RecordKind.AgentSuspended or RecordKind.AgentResumed) suspended = record.Kind == RecordKind.AgentSuspended;
            else if (record.Kind is RecordKind.TicketOpened or RecordKind.TicketExecuting or RecordKind.VoteApprove) Assert.False(suspended, record.ToString());
        }

        Assert.Equal(60, records.Count(record => record.Kind == RecordKind.AgentSuspended));
        Assert.Contains(records, record => record.Kind == RecordKind.Refused && record.Detail!.StartsWith("agent-suspended", StringComparison.Ordinal));
        Assert.Equal(records.Count(record => record.Kind == RecordKind.TicketExecuting), one.Sent + two.Sent);
    }

    private static async Task Pause(int spin, Func<Task> then)
    {
        Thread.SpinWait(spin * 50);
        await then();
    }

    private static Task<Clearance> CallAsync(OpenDesk desk, string target) =>
        desk.CallAsync(Some.Waitable(target, rules: desk.Policies.Current), TimeSpan.Zero);

    private static async Task<Refused> RefusedAsync(OpenDesk desk, string target) =>
        Assert.IsType<Clearance.No>(await CallAsync(desk, target)).Refused;
}
