using AiAccessProxy.Agents;
using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Conditions;

namespace AiAccessProxy.Tests.Policies.Conditions;

/// <summary>Conditions on who calls, for whom, in which environment and when; what is true of them, and in which words.</summary>
public class CircumstanceTests
{
    private const string Agents = """
        version: 1
        agents:
          - id: deploy-bot
            owner: person:ada
            groups: [deployers, nightly]
            keys: [{ id: k1, sha256: "00000000000000000000000000000000000000000000000000000000000000a1" }]
          - id: other-bot
            owner: person:ada
            groups: [others]
            keys: [{ id: k1, sha256: "00000000000000000000000000000000000000000000000000000000000000a2" }]

        """;

    private static readonly Caller ForJoan = new(new("deploy-bot", "ada", ["deployers", "nightly"]), "joan", "key:k1");

    [Theory]
    [InlineData("agents: [deploy-bot]", true, "the agent is deploy-bot")]
    [InlineData("agents: [other-bot]", false, "the agent is deploy-bot, not other-bot")]
    [InlineData("agents: [other-bot, deploy-bot]", true, "the agent is deploy-bot")]
    [InlineData("agent_groups: [nightly, others]", true, "the agent is in nightly")]
    [InlineData("agent_groups: [others]", false, "the agent is not in others")]
    [InlineData("on_behalf_of: [person:joan]", true, "the agent acts for joan")]
    [InlineData("on_behalf_of: [group:security]", true, "the agent acts for joan")]
    [InlineData("on_behalf_of: [anyone]", true, "the agent acts for joan")]
    [InlineData("on_behalf_of: [group:finance, person:hugo]", false, "the agent acts for joan, not group:finance, person:hugo")]
    [InlineData("environment: [production, test]", true, "the environment is production")]
    [InlineData("environment: [test]", false, "the environment is production, not test")]
    [InlineData("time: { days: [tue], hours: 13:00-14:00, zone: UTC }", true, "it is Tue 2026-06-16 13:30 in UTC, within on Tue from 13:00 to 14:00")]
    [InlineData("time: { hours: 22:00-06:00, zone: Europe/Berlin }", false, "it is Tue 2026-06-16 15:30 in Europe/Berlin, not within from 22:00 to 06:00")]
    [InlineData("time: { days: [sat, sun], zone: UTC }", false, "it is Tue 2026-06-16 13:30 in UTC, not within on Sat, Sun")]
    public void What_surrounds_a_call_is_true_or_false_and_said(string match, bool met, string because)
    {
        var decision = Decided(match, ForJoan);
        Assert.Equal(met, decision is Decision.Deny);
        Assert.Equal(!met, Decided($"not: {{ {match} }}", ForJoan) is Decision.Deny);
        Assert.Equal(!met, Decided($"methods: [GET], except: {{ {match} }}", ForJoan) is Decision.Deny);
        var denied = met ? decision : Decided($"not: {{ {match} }}", ForJoan);
        Assert.Equal([because], Assert.Single(denied.Rules).Because);
        Assert.False(denied.Rules[0].Unknown);
    }

    [Theory]
    [InlineData("on_behalf_of: [anyone]")]
    [InlineData("on_behalf_of: [person:joan, group:finance]")]
    public void An_agent_that_acts_for_nobody_acts_for_none_of_them(string match)
    {
        var alone = ForJoan with { OnBehalfOf = null };
        Assert.IsType<Decision.Allow>(Decided(match, alone));
        Assert.Equal(["the agent acts for nobody"], Assert.Single(Decided($"not: {{ {match} }}", alone).Rules).Because);
    }

    [Theory]
    [InlineData("agents: [deploy-bot]", "it is not known who calls")]
    [InlineData("agent_groups: [others]", "it is not known who calls")]
    [InlineData("on_behalf_of: [anyone]", "it is not known who calls")]
    [InlineData("environment: [test]", "the route states no environment")]
    [InlineData("time: { days: [sat, sun], zone: UTC }", "it is not known when the call is made")]
    public void What_is_not_known_of_a_call_is_unknown(string match, string because)
    {
        var rule = Policy(match).Routes[0].RulesById[0];
        var call = new CallView(new CallFields(new(Some.Action())), rule, Some.Plan());
        Assert.Equal(Truth.Unknown, rule.Match.Judge(call));
        Assert.Equal([because], AiAccessProxy.Policies.Wording.Because.Of(rule.Match, call, new([])));
    }

    [Fact]
    public void An_exception_that_cannot_be_told_leaves_a_denial_standing_and_an_allowance_not()
    {
        const string Exception = "paths: [\"/**\"], except: { where: [{ field: query.q, gt: 5 }] }";
        var repeated = Some.Action(target: "/x?q=9&q=9");
        Assert.IsType<Decision.Deny>(Some.Decided($"- {{ id: one, effect: deny, match: {{ {Exception} }} }}", repeated, "default: allow").Decision);
        Assert.IsType<Decision.Deny>(Some.Decided($"- {{ id: one, effect: allow, match: {{ {Exception} }} }}", repeated).Decision);
        Assert.IsType<Decision.Allow>(Some.Decided($"- {{ id: one, effect: deny, match: {{ {Exception} }} }}", Some.Action(target: "/x?q=9"), "default: allow").Decision);
        Assert.IsType<Decision.Allow>(Some.Decided($"- {{ id: one, effect: allow, match: {{ {Exception} }} }}", Some.Action(target: "/x?q=5")).Decision);
    }

    private static Decision Decided(string match, Caller caller) => Some.Decided(Policy(match), caller: caller).Decision;

    private static PolicySnapshot Policy(string match) => Some.Policy(
        ("agents.yaml", Agents),
        ("api.yaml", Some.RouteYaml($"- {{ id: one, effect: deny, match: {{ {match} }} }}", "default: allow\nenvironment: production")),
        ("test.yaml", Some.RouteYaml("", "default: allow\nenvironment: test", "test").Replace("rules:", "rules: []", StringComparison.Ordinal)));
}
