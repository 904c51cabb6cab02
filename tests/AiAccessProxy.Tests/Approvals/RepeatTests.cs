using AiAccessProxy.Actions;
using AiAccessProxy.Approvals;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Approvals;

/// <summary>What an identical call means after the first one.</summary>
public class RepeatTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_that_lacks_a_claim_that_a_rule_requires_opens_no_ticket()
    {
        var rules = Some.Rules(Some.ApprovalRule() with { Require = [ClaimName.Reason, ClaimName.Change, ClaimName.Session] });
        await using var desk = await OpenDesk.OpenAsync(rules: rules);

        var refused = await RefusedAsync(desk, Some.Waitable(claims: new("because", null, null, null, " "), rules: rules));

        Assert.Equal([ClaimName.Change, ClaimName.Session], Assert.IsType<Refused.ContextRequired>(refused).Missing);
        Assert.Equal([RecordKind.Refused], await desk.KindsAsync());
        Assert.IsType<Refused.StillPending>(
            await RefusedAsync(desk, Some.Waitable(claims: new("because", "CHG-1", null, null, "s"), rules: rules)));
    }

    [Fact]
    public async Task The_same_key_with_another_call_is_refused_for_as_long_as_it_is_remembered()
    {
        await using var desk = await OpenDesk.OpenAsync();
        var first = await ExecuteAsync(desk, Some.Waitable(key: "k"));

        Assert.Equal(first.Id, Assert.IsType<Refused.KeyReused>(await RefusedAsync(desk, Some.Waitable("/v1/other", "k"))).Ticket.Id);
        desk.Time.Advance(TimeSpan.FromHours(24));
        Assert.IsType<Refused.StillPending>(await RefusedAsync(desk, Some.Waitable("/v1/other", "k")));
        Assert.IsType<Refused.KeyReused>(await RefusedAsync(desk, Some.Waitable(key: "k")));
    }

    [Theory]
    [InlineData("volatile_headers: [Idempotency-Key]", 1)]
    [InlineData("volatile_headers: [x-try]", 3)]
    [InlineData("", 3)]
    public async Task Keys_that_are_made_up_afresh_for_each_call_are_no_keys_where_the_route_says_so(string route, int tickets)
    {
        var rules = Some.Policy("- { id: writes, effect: require_approval, match: { methods: [POST] }, approval: { need: [{ from: [group:finance] }] } }", route);
        await using var desk = await OpenDesk.OpenAsync(rules: rules);

        foreach (var key in new[] { "k-1", "k-2", "k-3" }) Assert.IsType<Refused.StillPending>(await RefusedAsync(desk, Keyed(rules, key)));

        Assert.Equal(tickets, (await desk.LiveAsync()).Count);
    }

    [Fact]
    public async Task A_key_belongs_to_one_agent()
    {
        await using var desk = await OpenDesk.OpenAsync(rules: Some.Rules(agents: 2));
        await RefusedAsync(desk, Some.Waitable(key: "k"));

        Assert.IsType<Refused.StillPending>(await RefusedAsync(desk, Some.Waitable("/v1/other", "k", agent: 1)));
        Assert.Equal(2, (await desk.LiveAsync()).Count);
    }

    [Fact]
    public async Task Calls_with_a_key_and_without_do_not_join()
    {
        await using var desk = await OpenDesk.OpenAsync();
        await RefusedAsync(desk, Some.Waitable());
        await RefusedAsync(desk, Some.Waitable(key: ""));
        await RefusedAsync(desk, Some.Waitable(key: "k"));
        await RefusedAsync(desk, Some.Waitable(key: "k"));

        Assert.Equal(3, (await desk.LiveAsync()).Count);
    }

    [Fact]
    public async Task With_a_key_an_executed_call_answers_its_repeats_for_a_day()
    {
        await using var desk = await OpenDesk.OpenAsync();
        var first = await ExecuteAsync(desk, Some.Waitable(key: "k"));

        desk.Time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMinutes(1));
        Assert.Equal(first.Id, Assert.IsType<Refused.AlreadyExecuted>(await RefusedAsync(desk, Some.Waitable(key: "k"))).Ticket.Id);
        desk.Time.Advance(TimeSpan.FromMinutes(1));

        var second = Assert.IsType<Refused.StillPending>(await RefusedAsync(desk, Some.Waitable(key: "k"))).Ticket;
        Assert.Equal(new EarlierRun(first.Id.Value, first.Opened, TicketStatus.Executed, 200), Assert.Single(second.Earlier));
    }

    [Fact]
    public async Task Without_a_key_a_call_whose_answer_was_received_whole_may_be_made_again_under_a_new_ticket_that_tells_of_it()
    {
        await using var desk = await OpenDesk.OpenAsync();
        var first = await ExecuteAsync(desk, Some.Waitable());

        var second = Assert.IsType<Refused.StillPending>(await RefusedAsync(desk, Some.Waitable())).Ticket;

        Assert.Equal(first.Id.Value, Assert.Single(second.Earlier).Ticket);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_a_key_a_call_whose_answer_may_have_been_lost_answers_its_repeats_for_ten_minutes(bool unknown)
    {
        await using var desk = await OpenDesk.OpenAsync();
        await ExecuteAsync(
            desk, Some.Waitable(), unknown ? new ActionOutcome.Unknown("no answer", TimeSpan.Zero) : OpenDesk.Answer(delivered: false));

        desk.Time.Advance(TimeSpan.FromMinutes(9));
        Assert.IsType<Refused.AlreadyExecuted>(await RefusedAsync(desk, Some.Waitable()));
        desk.Time.Advance(TimeSpan.FromMinutes(1));
        var second = Assert.IsType<Refused.StillPending>(await RefusedAsync(desk, Some.Waitable())).Ticket;
        Assert.Equal(unknown ? TicketStatus.Unknown : TicketStatus.Executed, Assert.Single(second.Earlier).Ended);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("k")]
    public async Task A_call_that_could_not_be_sent_may_be_made_again_under_a_new_ticket(string? key)
    {
        await using var desk = await OpenDesk.OpenAsync();
        await ExecuteAsync(desk, Some.Waitable(key: key), new ActionOutcome.NotSent("refused", TimeSpan.Zero));

        var second = Assert.IsType<Refused.StillPending>(await RefusedAsync(desk, Some.Waitable(key: key))).Ticket;

        Assert.Equal(TicketStatus.Failed, Assert.Single(second.Earlier).Ended);
    }

    [Fact]
    public async Task A_denial_answers_repeats_for_ten_minutes_so_that_asking_again_makes_no_second_card()
    {
        await using var desk = await OpenDesk.OpenAsync();
        var first = Assert.IsType<Refused.StillPending>(await RefusedAsync(desk, Some.Waitable())).Ticket;
        await desk.Desk.VoteAsync(first.Id, Some.Ballot("grace", false, "no"), Token);

        Assert.Equal(first.Id, Assert.IsType<Refused.Ended>(await RefusedAsync(desk, Some.Waitable())).Ticket.Id);
        desk.Time.Advance(TimeSpan.FromMinutes(10));
        var second = Assert.IsType<Refused.StillPending>(await RefusedAsync(desk, Some.Waitable())).Ticket;
        Assert.Equal(TicketStatus.Denied, Assert.Single(second.Earlier).Ended);
    }

    [Fact]
    public async Task After_a_ticket_has_expired_lapsed_or_been_withdrawn_a_repeat_opens_a_new_one_and_ten_earlier_runs_are_told_of()
    {
        await using var desk = await OpenDesk.OpenAsync();
        for (var round = 0; round < 12; round++)
        {
            var ticket = Assert.IsType<Refused.StillPending>(await RefusedAsync(desk, Some.Waitable())).Ticket;
            Assert.Equal(Math.Min(round, 10), ticket.Earlier.Count);
            if (round % 3 == 0) await desk.Desk.CancelAsync(ticket.Id, ticket.Agent.Id, Token);
            if (round % 3 == 1) await desk.ApproveAsync(ticket.Id);
            // Whether or not the sweeper has come by: the clock has ended it.
            desk.Time.Advance(TimeSpan.FromMinutes(30));
        }

        var last = Assert.IsType<Refused.StillPending>(await RefusedAsync(desk, Some.Waitable())).Ticket;
        Assert.Equal(
            [TicketStatus.Expired, TicketStatus.Lapsed, TicketStatus.Cancelled, TicketStatus.Expired], last.Earlier.Take(4).Select(run => run.Ended));
    }

    [Fact]
    public async Task An_agent_has_as_many_tickets_at_once_as_it_may()
    {
        await using var desk = await OpenDesk.OpenAsync(rules: Some.Rules(agents: 2), settings: ("maxTicketsPerAgent", "2"));
        var first = Assert.IsType<Refused.StillPending>(await RefusedAsync(desk, Some.Waitable("/v1/1"))).Ticket;
        await RefusedAsync(desk, Some.Waitable("/v1/2"));

        Assert.Equal(2, Assert.IsType<Refused.TooMany>(await RefusedAsync(desk, Some.Waitable("/v1/3"))).Limit);
        Assert.IsType<Refused.StillPending>(await RefusedAsync(desk, Some.Waitable("/v1/2")));
        Assert.IsType<Refused.StillPending>(await RefusedAsync(desk, Some.Waitable("/v1/3", agent: 1)));
        await desk.Desk.CancelAsync(first.Id, first.Agent.Id, Token);
        Assert.IsType<Refused.StillPending>(await RefusedAsync(desk, Some.Waitable("/v1/3")));
    }

    [Fact]
    public async Task When_the_rule_has_changed_the_living_ticket_is_cancelled_and_a_new_one_opened()
    {
        await using var desk = await OpenDesk.OpenAsync();
        var first = Assert.IsType<Refused.StillPending>(await RefusedAsync(desk, Some.Waitable())).Ticket;
        var changed = Some.Rules(Some.ApprovalRule() with { Content = "content-2" });

        var second = Assert.IsType<Refused.StillPending>(await RefusedAsync(desk, Some.Waitable(rules: changed))).Ticket;

        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(TicketStatus.Cancelled, (await desk.TicketAsync(first.Id)).Status);
        Assert.Equal(TicketStatus.Cancelled, Assert.Single(second.Earlier).Ended);
    }

    /// <summary>As it comes in on the wire, read as its route wants it to be.</summary>
    private static Bound Keyed(PolicySnapshot rules, string key)
    {
        var target = Some.Target("/v1/charges");
        var head = new RequestHead("POST", target, [new("Idempotency-Key", key)], HasBody: false) { Authority = Some.Authority() };
        var read = Assert.IsType<HeadReading.Read>(head.ForRoute(target, rules.Routes[0].Reading)).Head;
        return Some.Decided(rules, new(read, new ActionBody.None()));
    }

    private static async Task<Refused> RefusedAsync(OpenDesk desk, Bound bound) =>
        Assert.IsType<Clearance.No>(await desk.CallAsync(bound, TimeSpan.Zero)).Refused;

    private static async Task<Ticket> ExecuteAsync(OpenDesk desk, Bound bound, ActionOutcome? outcome = null)
    {
        var ticket = Assert.IsType<Refused.StillPending>(await RefusedAsync(desk, bound)).Ticket;
        await desk.ApproveAsync(ticket.Id);
        Assert.IsType<Clearance.Go>(await desk.CallAsync(bound, TimeSpan.Zero, _ => Task.FromResult(outcome ?? OpenDesk.Answer())));
        return await desk.TicketAsync(ticket.Id);
    }
}
