using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Files;

namespace AiAccessProxy.Tests.Policies;

/// <summary><c>global.yaml</c>: rules for every route, which never let a call through that its route does not.</summary>
public class GlobalRulesTests
{
    private const string Open = "- { id: all, effect: allow, match: { paths: [\"/**\"] } }";

    [Fact]
    public void A_global_rule_holds_on_every_route()
    {
        var policy = Some.Policy(
            ("a.yaml", Some.RouteYaml(Open, "environment: production", "a")),
            ("b.yaml", Some.RouteYaml(Open, "environment: test", "b")),
            ("global.yaml", """
                version: 1
                approval: { need: [{ from: [group:security] }] }
                rules:
                  - { id: freeze, effect: deny, match: { environment: [production], methods: [DELETE] } }
                  - { id: keys, effect: require_approval, match: { paths: ["/keys/**"] } }
                """));

        Assert.Equal("deny freeze|allow all", Of("DELETE", "/x"));
        Assert.Equal("ask keys|ask keys", Of("GET", "/keys/1"));
        Assert.Equal("allow all|allow all", Of("GET", "/x"));

        string Of(string method, string target) => string.Join('|', policy.Routes.Select(route =>
            policy.Decide(route, Some.Caller(), Some.Action(method, target), Some.Moment).Decision switch
            {
                Decision.Deny deny => $"deny {deny.Rules.Single().Id}",
                Decision.Allow allow => $"allow {allow.Rules.Single().Id}",
                var ask => $"ask {ask.Rules.Single().Id}",
            }));
    }

    [Fact]
    public void A_header_that_a_global_rule_reads_is_stable_on_every_route()
    {
        var policy = Some.Policy(
            ("a.yaml", Some.RouteYaml(Open, route: "a")),
            ("global.yaml", "version: 1\nrules: [{ id: h, effect: deny, match: { where: [{ field: header.x-env, equals: live }] } }]\n"));
        Assert.Contains("x-env", policy.Routes[0].Reading.StableHeaders);
    }

    [Theory]
    [InlineData("version: 1\nrules: [{ id: r, effect: allow, match: { methods: [GET] } }]", "global.yaml:2: rule r: effect: a rule of global.yaml would allow this on every route, also on those that are yet to come; write it into the files of the routes that it is for")]
    [InlineData("version: 1\nrules: [{ id: r, effect: deny, accept: [encoded-slash], match: { methods: [GET] } }]", "global.yaml:2: rule r: accept: this belongs to one route and its upstream; leave it out here")]
    [InlineData("version: 1\nrules: [{ id: all, effect: deny, match: { methods: [GET] } }]", "a.yaml:7: rules[0].id: there is a rule all in global.yaml already; give it an id of its own")]
    [InlineData("version: 1\nrules: [{ id: r, effect: deny, match: { environment: [production] } }]", "global.yaml:2: rule r: match.environment[0]: \"production\" is the environment of no route; none is known here|global.yaml:2: rule r: match.environment: route a states no environment, so this cannot be told of its calls; write environment: at the head of the route's file")]
    [InlineData("version: 1\nrules: [{ id: r, effect: deny, match: { where: [{ field: header.authorization, exists: true }] } }]", "global.yaml:2: rule r: match.where[0].field: header.authorization never reaches a rule, so it would always be absent; the agent's key, its AiAccess-* claims and the headers of the connection end at the proxy; name another field")]
    [InlineData("version: 1\nrules: [{ id: r, effect: require_approval, match: { methods: [GET] } }]", "global.yaml:2: rule r: approval: this key is missing; say who has to agree, here or once for the route")]
    [InlineData("version: 1", "global.yaml:1: rules: this key is missing; list the rules that hold on every route")]
    [InlineData("version: 1\nroute: x\nrate: { calls: 5, within: 1m }", "global.yaml:2: route: this key is not known; did you mean rate? known are version, approval, rules, rate")]
    public void What_is_wrong_with_it_is_told(string global, string expected)
    {
        var refused = Assert.IsType<PolicyLoad.Refused>(Some.Load(
            ("a.yaml", Some.RouteYaml(Open, "agent_key: [authorization]", "a")), ("global.yaml", global + "\n")));
        Assert.Equal(expected.Split('|'), refused.Problems.Select(problem => problem.ToString()));
    }

    [Fact]
    public void It_is_checked_also_where_there_is_no_route_yet() =>
        Assert.Equal(
            "global.yaml:2: rule r: effect: \"forbid\" is not known here; known are allow, deny, require_approval",
            Assert.Single(Assert.IsType<PolicyLoad.Refused>(Some.Load(("global.yaml", "version: 1\nrules: [{ id: r, effect: forbid, match: { methods: [GET] } }]\n"))).Problems).ToString());
}
