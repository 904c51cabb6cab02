using AiAccessProxy.Actions;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Policies;

public class DecisionTests
{
    private const string Finance = "approval: { need: [{ from: [group:finance] }], decide_within: 20m, use_within: 5m }";

    [Theory]
    [InlineData("allow,require_approval,deny", "deny", "c")]
    [InlineData("deny,require_approval,allow", "deny", "a")]
    [InlineData("allow,require_approval,allow", "ask", "b")]
    [InlineData("allow,allow", "allow", "a,b")]
    [InlineData("deny,deny", "deny", "a,b")]
    public void Deny_beats_require_approval_beats_allow(string effects, string expected, string rules)
    {
        var written = effects.Split(',').Select((effect, at) =>
            $"- {{ id: {(char)('a' + at)}, effect: {effect}, match: {{ paths: [\"/**\"] }}{(effect == "require_approval" ? $", {Finance}" : "")} }}");
        var decision = Some.Decided(string.Join('\n', written)).Decision;

        Assert.Equal(expected, decision switch { Decision.Allow => "allow", Decision.Deny => "deny", _ => "ask" });
        Assert.Equal(rules, string.Join(',', decision.Rules.Select(rule => rule.Id)));
        Assert.False(decision is Decision.Deny { ByDefault: true });
    }

    [Fact]
    public void All_rules_that_ask_are_asked_together()
    {
        var asked = Asked(Some.Decided("""
            - id: z-first-in-the-file
              action: data.delete
              effect: require_approval
              risk: medium
              match: { paths: ["/**"] }
              summary: "Delete {path-is-text}"
              require: [session, reason]
              show: [query.q, header.x]
              approval: { need: [{ from: [group:finance] }], decide_within: 20m, use_within: 50m }
              controls: [C2, C1]
            - id: b
              action: data.wipe
              effect: require_approval
              risk: critical
              match: { methods: [DELETE] }
              require: [reason, change]
              show: [query.q]
              approval: { need: [{ approvals: 2, from: [group:security, person:joan] }], decide_within: 40m, use_within: 5m }
              controls: [C1]
            - id: a
              effect: require_approval
              risk: low
              match: { methods: [DELETE] }
              summary: "Wipe"
              approval: { need: [{ from: [group:finance] }] }
            """.Replace("{path-is-text}", "it"), Some.Action("DELETE", "/v1/all?q=1")));

        Assert.Equal("data.wipe", asked.ActionName);
        Assert.Equal(Risk.Critical, asked.Risk);
        Assert.Equal(["Wipe", "Delete it"], asked.Summary);
        Assert.Equal([ClaimName.Reason, ClaimName.Change, ClaimName.Session], asked.Require);
        Assert.Equal(["header.x", "query.q"], asked.Show.Select(one => one.Field.Text));
        Assert.Equal(
            ["1 group:finance", "2 group:security person:joan", "1 group:finance"],
            asked.Needs.Select(need => $"{need.Approvals} {string.Join(' ', need.From)}"));
        Assert.Equal((TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(5)), (asked.DecideWithin, asked.UseWithin));
        Assert.Equal(["C1", "C2"], asked.Controls);
    }

    [Fact]
    public void What_no_rule_matches_gets_the_default()
    {
        const string Rules = "- { id: one, effect: deny, match: { methods: [PUT] } }";
        var denied = Assert.IsType<Decision.Deny>(Some.Decided(Rules).Decision);
        Assert.True(denied.ByDefault);
        Assert.Empty(denied.Rules);
        Assert.Equal("No rule of route api allows this call.", denied.Reason);

        Assert.Empty(Assert.IsType<Decision.Allow>(Some.Decided(Rules, more: "default: allow").Decision).Rules);

        var bound = Some.Decided(Rules, more: $"default: require_approval\n{Finance}");
        var asked = Asked(bound);
        Assert.Empty(bound.Decision.Rules);
        Assert.Equal(Risk.High, asked.Risk);
        Assert.Equal(["group:finance"], Assert.Single(asked.Needs).From);
        Assert.Equal((TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(5)), (asked.DecideWithin, asked.UseWithin));
    }

    [Fact]
    public void A_rule_without_terms_of_its_own_has_those_of_the_route()
    {
        var asked = Asked(Some.Decided("- { id: one, effect: require_approval, match: { paths: [\"/**\"] } }", more: Finance));
        Assert.Equal(TimeSpan.FromMinutes(20), asked.DecideWithin);
        Assert.Equal(Risk.High, asked.Risk);
    }

    [Fact]
    public void A_rule_with_terms_but_no_times_gives_half_an_hour_and_ten_minutes()
    {
        var asked = Asked(Some.Decided("- { id: one, effect: require_approval, match: { paths: [\"/**\"] }, approval: { need: [{ from: [group:finance] }] } }"));
        Assert.Equal((TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(10)), (asked.DecideWithin, asked.UseWithin));
    }

    [Fact]
    public void HEAD_is_not_GET() =>
        Assert.IsType<Decision.Deny>(Some.Decided("- { id: one, effect: allow, match: { methods: [GET] } }", Some.Action("HEAD")).Decision);

    [Fact]
    public void The_call_is_bound_to_caller_route_upstream_and_policy()
    {
        var policy = Some.Policy("- { id: one, effect: allow, match: { paths: [\"/**\"] } }");
        var action = Some.Action();
        var bound = policy.Decide(policy.Routes[0], Some.Caller(), action, Some.Moment);

        Assert.Equal(policy.Hash, bound.Policy);
        Assert.Equal("api", bound.Action.Route);
        Assert.Same(action, bound.Action.Action);
        Assert.Equal(new Uri("https://api.test"), bound.Action.Upstream.Origin);
        Assert.Equal(
            ActionDigest.Over(Some.Caller(), "api", action, policy.Routes[0].Upstream, null, policy.Routes[0].Reading), bound.Action.Digest);
    }

    private static Requirement Asked(Bound bound) => Assert.IsType<Decision.RequireApproval>(bound.Decision).Requirement;
}
