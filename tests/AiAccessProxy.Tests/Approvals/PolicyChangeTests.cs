using AiAccessProxy.Agents;
using AiAccessProxy.Approvals;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Conditions;

namespace AiAccessProxy.Tests.Approvals;

/// <summary>What was approved must still be what would be asked for, by whom it would be asked, when it is used.</summary>
public class PolicyChangeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Changes => ["rule", "allow", "agent", "key", "key of the same id", "route", "upstream", "secret", "person"];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task An_approval_is_of_no_use_once_it_would_be_another_approval(string change)
    {
        await using var desk = await OpenDesk.OpenAsync();
        var call = desk.CallAsync(Some.Waitable());
        await desk.HeldAsync(1);
        var ticket = await desk.TicketAsync();
        var (before, route) = (desk.Policies.Current, desk.Policies.Current.Routes[0]);
        var after = change switch
        {
            "rule" => Some.Rules(Some.ApprovalRule() with { Content = "content-2" }),
            "allow" => Some.Rules(Some.ApprovalRule() with { Effect = Effect.Allow }),
            "agent" => before with { Agents = new([(Some.Agent("another"), [Some.AgentKey("secret-0", onBehalfOf: "joan")])]) },
            "key" => before with { Agents = new([(Some.Agent(), [Some.AgentKey("secret-0", "k2", onBehalfOf: "joan")])]) },
            // Whoever stole the old one may be the one who waits.
            "key of the same id" => before with { Agents = new([(Some.Agent(), [Some.AgentKey("renewed", onBehalfOf: "joan")])]) },
            "route" => before with { Routes = [route with { Id = "others" }] },
            "upstream" => before with { Routes = [route with { Upstream = Some.Upstream("https://elsewhere.test") }] },
            // The files only name where it is, so their hash stays the same.
            "secret" => before with { Routes = [route with { Credential = Some.Credential() with { Secret = "Bearer another" } }] },
            _ => Some.Rules(groups: new Dictionary<string, IReadOnlyList<string>> { ["finance"] = ["heidi"] }),
        };

        await SwapAfterVoteAsync(desk, ticket, after);

        var refused = Assert.IsType<Refused.Ended>(Assert.IsType<Clearance.No>(await call).Refused);
        Assert.Equal(TicketStatus.Cancelled, refused.Ticket.Status);
        Assert.NotNull(refused.Ticket.EndedBecause);
        Assert.Equal(0, desk.Sent);
        Assert.DoesNotContain(RecordKind.TicketExecuting, await desk.KindsAsync());
    }

    [Theory]
    [InlineData("a longer prefix", "/pay/v1")]
    [InlineData("a prefix that some server reads in it", "/pay/V1")]
    [InlineData("its host", "/")]
    [InlineData("another prefix of its own", "")]
    [InlineData("no host of its own", "")]
    [InlineData("a credential in a header that it hides", "")]
    [InlineData("smaller bodies", "")]
    [InlineData("no key where this one came", "")]
    public async Task An_approval_is_of_no_use_once_the_call_would_come_to_another_route_or_be_read_as_another(string change, string prefix)
    {
        await using var desk = await OpenDesk.OpenAsync();
        var route = desk.Policies.Current.Routes[0] with { Prefix = "/pay" };
        var before = desk.Policies.Current with { Routes = [route] };
        await desk.Policies.SwapAsync(before, Token);
        var (caller, action) = (Some.Waitable().Action.Caller, Some.Waitable("/v1/charges").Action.Action);
        var head = action.Head with { Headers = [.. action.Head.Headers, new("X_Token", "a")], Address = new(Some.Authority(), Some.Target("/pay/v1/charges")) { Keys = [AgentKeySource.AiAccessToken] } };
        var call = desk.CallAsync(before.Decide(route, caller, new(head, Some.Body("[1,2,3]")), Some.Moment));
        await desk.HeldAsync(1);
        var ticket = await desk.TicketAsync();
        var other = route with { Id = "other", Prefix = prefix };
        var after = before with
        {
            Routes = change switch
            {
                "its host" => [route, other with { Hosts = [Some.Authority()] }],
                "another prefix of its own" => [route with { Prefix = "/pay/v1" }],
                "no host of its own" => [route with { Hosts = [Some.Authority("elsewhere.test")] }],
                "a credential in a header that it hides" => [route with { Reading = route.Reading with { CredentialHeaders = new HashSet<string> { "x-token" } } }],
                "smaller bodies" => [route with { Reading = route.Reading with { MaxBody = 6 } }],
                "no key where this one came" => [route with { Reading = route.Reading with { AgentKeys = [AgentKeySource.XApiKey] } }],
                _ => [route, other],
            },
        };

        await SwapAfterVoteAsync(desk, ticket, after);

        Assert.Equal(TicketStatus.Cancelled, Assert.IsType<Refused.Ended>(Assert.IsType<Clearance.No>(await call).Refused).Ticket.Status);
        Assert.Equal(0, desk.Sent);
    }

    [Fact]
    public async Task A_call_that_the_rules_deny_by_now_is_denied_by_them_and_says_so_on_record()
    {
        await using var desk = await OpenDesk.OpenAsync();
        var call = desk.CallAsync(Some.Waitable());
        await desk.HeldAsync(1);
        var after = Some.Rules(Some.ApprovalRule() with { Id = "freeze", Effect = Effect.Deny });

        await SwapAfterVoteAsync(desk, await desk.TicketAsync(), after);

        Assert.Equal(["freeze"], Assert.IsType<Refused.Denied>(Assert.IsType<Clearance.No>(await call).Refused).Decision.Rules.Select(rule => rule.Id));
        var decided = (await desk.RecordsAsync())[^1];
        Assert.Equal((RecordKind.Decided, "deny", after.Hash), (decided.Kind, decided.Decision, decided.Policy));
    }

    [Fact]
    public async Task An_approval_whose_key_expired_meanwhile_is_of_no_use()
    {
        var time = new ManualTime();
        var rules = Some.Rules() with
        {
            Agents = new([(Some.Agent(), [Some.AgentKey("secret-0", expires: time.GetUtcNow() + TimeSpan.FromMinutes(5), onBehalfOf: "joan")])]),
        };
        await using var desk = await OpenDesk.OpenAsync(time, rules: rules);
        var call = desk.CallAsync(Some.Waitable());
        await desk.HeldAsync(1);
        time.Advance(TimeSpan.FromMinutes(5));

        await desk.ApproveAsync((await desk.TicketAsync()).Id);

        Assert.Equal(TicketStatus.Cancelled, Assert.IsType<Refused.Ended>(Assert.IsType<Clearance.No>(await call).Refused).Ticket.Status);
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public async Task A_window_of_time_that_closes_between_vote_and_use_takes_the_approval_with_it(int minutes, bool sent)
    {
        var time = new ManualTime();
        var opens = time.GetUtcNow().TimeOfDay;
        var closes = TimeSpan.FromTicks((opens + TimeSpan.FromMinutes(5)).Ticks % TimeSpan.TicksPerDay);
        var window = new TimeWindow(Enum.GetValues<DayOfWeek>(), opens, closes, TimeZoneInfo.Utc);
        await using var desk = await OpenDesk.OpenAsync(time, rules: Some.Rules(Some.ApprovalRule() with { Match = new Condition.During(window) }));
        var call = desk.CallAsync(Some.Waitable());
        await desk.HeldAsync(1);
        time.Advance(TimeSpan.FromMinutes(minutes));

        await desk.ApproveAsync((await desk.TicketAsync()).Id);

        if (sent) Assert.IsType<Clearance.Go>(await call);
        else Assert.True(Assert.IsType<Refused.Denied>(Assert.IsType<Clearance.No>(await call).Refused).Decision.ByDefault);
        Assert.Equal(sent, (await desk.KindsAsync()).Contains(RecordKind.TicketExecuting));
    }

    [Fact]
    public async Task A_change_that_does_not_touch_the_call_leaves_its_approval_good()
    {
        await using var desk = await OpenDesk.OpenAsync();
        var call = desk.CallAsync(Some.Waitable());
        await desk.HeldAsync(1);
        var route = Some.Rules().Routes[0];
        var other = new Rule { Id = "other", Effect = Effect.Deny, Match = new Condition.Methods(["DELETE"]), Content = "other" };
        var after = Some.Rules() with { Routes = [route with { Rules = [.. route.RulesById, other] }] };

        await SwapAfterVoteAsync(desk, await desk.TicketAsync(), after);

        var go = Assert.IsType<Clearance.Go>(await call);
        Assert.Equal(after.Hash, go.Cleared.Record.Policy);
    }

    [Fact]
    public async Task Which_rules_are_in_force_and_which_change_was_refused_is_on_record_before_it_is_so()
    {
        await using var desk = await OpenDesk.OpenAsync(start: false);
        foreach (var hosted in desk.Hosted.OfType<Microsoft.Extensions.Hosting.IHostedLifecycleService>()) await hosted.StartingAsync(Token);
        var next = Some.Rules();

        await desk.Policies.SwapAsync(next, Token);
        await desk.Policies.RefuseAsync(new(desk.Time.GetUtcNow(), [new("a.yaml", 3, "r", "match", "is wrong", "do right")]), Token);

        var records = await desk.RecordsAsync();
        Assert.Equal([RecordKind.Started, RecordKind.PolicyLoaded, RecordKind.PolicyRefused], records.Select(record => record.Kind));
        Assert.All(records[1..], record => Assert.Equal(next.Hash, record.Policy));
        Assert.Contains("a.yaml:3", records[2].Detail, StringComparison.Ordinal);
    }

    /// <summary>Changes the rules here, and approves on an instance that has the old ones still.</summary>
    private static async Task SwapAfterVoteAsync(OpenDesk desk, Ticket ticket, PolicySnapshot after)
    {
        var before = desk.Policies.Current;
        await desk.Policies.SwapAsync(after, Token);
        await using var elsewhere = await OpenDesk.OpenAsync(desk.Time, ledger: desk.Ledger, rules: before, start: false);
        await elsewhere.ApproveAsync(ticket.Id);
    }
}
