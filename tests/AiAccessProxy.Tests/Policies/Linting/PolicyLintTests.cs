using AiAccessProxy.Policies.Files;
using AiAccessProxy.Policies.Linting;
using AiAccessProxy.Tests.Architecture;

namespace AiAccessProxy.Tests.Policies.Linting;

/// <summary>Every warning of <c>check</c>, in the exact words that it is told in.</summary>
public class PolicyLintTests
{
    private const string Ask = "effect: require_approval, controls: [c], approval: { need: [{ from: [group:security] }] }";
    private const string Others = "- { id: others, effect: allow, match: { methods: [GET, HEAD, POST, PUT, PATCH] } }";

    [Theory]
    // What another spelling reaches
    [InlineData("- { id: secrets, effect: deny, match: { methods: [GET], paths: [\"/secrets\"] } }\n" + Others, "",
        "rule secrets: match: with HEAD for GET, a call that this rule is about is allowed by others; let this rule catch it too, or the allow not take it")]
    [InlineData("- { id: change, " + Ask + ", match: { methods: [PUT], paths: [\"/roles\"] } }\n" + Others, "",
        "rule change: match: with PATCH for PUT, a call that this rule is about is allowed by others; let this rule catch it too, or the allow not take it")]
    [InlineData("- { id: change, " + Ask + ", match: { methods: [PUT, PATCH], paths: [\"/roles\"] } }\n" + Others, "", "")]
    [InlineData("- { id: admin, " + Ask + ", match: { methods: [POST], where: [{ field: body.role, equals: admin }] } }\n" + Others, "",
        "rule admin: match: with body.role in capital letters, a call that this rule is about is allowed by others; let this rule catch it too, or the allow not take it|rule admin: match: with body.role after a space, a call that this rule is about is allowed by others; let this rule catch it too, or the allow not take it")]
    [InlineData("- { id: admin, " + Ask + ", match: { methods: [POST], where: [{ field: body.role, exists: true }] } }\n" + Others, "", "")]
    [InlineData("- { id: drop, " + Ask + ", match: { methods: [POST], where: [{ field: body.op, matches: \"(Drop|Delete)[A-Z].*\" }] } }\n" + Others, "",
        "rule drop: match: with body.op in capital letters, a call that this rule is about is allowed by others; let this rule catch it too, or the allow not take it|rule drop: match: with body.op after a space, a call that this rule is about is allowed by others; let this rule catch it too, or the allow not take it")]
    [InlineData("- { id: own, " + Ask + ", match: { methods: [POST], where: [{ field: body.user, equals: \"u-${agent.owner}\" }] } }\n" + Others, "",
        "rule own: match: with body.user in capital letters, a call that this rule is about is allowed by others; let this rule catch it too, or the allow not take it|rule own: match: with body.user after a space, a call that this rule is about is allowed by others; let this rule catch it too, or the allow not take it")]
    [InlineData("- { id: grant, " + Ask + ", match: { methods: [PUT], where: [{ field: body.doc, json: a.*.b, any: { equals: x } }, { field: body.doc, json: c, gt: 5 }] } }\n" + Others, "",
        "rule grant: match: with PATCH for PUT, a call that this rule is about is allowed by others; let this rule catch it too, or the allow not take it")]
    // Thresholds
    [InlineData("- { id: large, " + Ask + ", match: { methods: [POST], where: [{ field: body.amount, gt: 10 }] } }\n" + Others, "",
        "rule large: match: a call without body.amount is allowed by others, whatever the upstream takes instead; add { field: body.amount, exists: false } to a rule that is stricter, or exists: true to the allow")]
    [InlineData("- { id: large, " + Ask + ", match: { methods: [POST], any: [{ where: [{ field: body.amount, gt: 10 }] }, { where: [{ field: body.amount, exists: false }] }] } }\n" + Others, "", "")]
    [InlineData("- { id: many, effect: deny, match: { methods: [POST], where: [{ field: body.items.*.amount, any: { gt: 10 } }] } }", "default: allow",
        "rule many: match: a call without body.items.*.amount is allowed by the route's default, whatever the upstream takes instead; add { field: body.items.*.amount, exists: false } to a rule that is stricter, or exists: true to the allow")]
    [InlineData("- { id: large, " + Ask + ", match: { methods: [POST], where: [{ field: body.amount, gt: 10 }] } }\n- { id: small, effect: allow, match: { methods: [POST], where: [{ field: body.amount, lte: 10 }] } }", "", "")]
    [InlineData("- { id: least, " + Ask + ", match: { methods: [POST], where: [{ field: query.n, gte: 10 }] } }\n" + Others, "",
        "rule least: match: a call without query.n is allowed by others, whatever the upstream takes instead; add { field: query.n, exists: false } to a rule that is stricter, or exists: true to the allow")]
    // What never matches
    [InlineData("- { id: none, effect: allow, match: { methods: [TRACE] } }", "", "rule none: match: no call is ever met by this: TRACE is never let in; correct the conditions, or remove the rule")]
    [InlineData("- { id: none, effect: deny, match: { methods: [GET], all: [{ methods: [POST] }] } }", "", "rule none: match: no call is ever met by this: no method is in all of the lists; correct the conditions, or remove the rule")]
    [InlineData("- { id: none, effect: deny, match: { where: [{ field: body.a, gt: 10 }, { field: body.a, lte: 5 }] } }", "", "rule none: match: no call is ever met by this: body.a cannot be greater than 10 and at most 5; correct the conditions, or remove the rule")]
    [InlineData("- { id: none, effect: deny, match: { where: [{ field: query.a, exists: false }, { field: query.a, equals: \"x\" }] } }", "", "rule none: match: no call is ever met by this: query.a cannot be absent and anything else; correct the conditions, or remove the rule")]
    [InlineData("- { id: none, effect: deny, match: { where: [{ field: query.a, equals: \"a\" }, { field: query.a, equals: x }] } }", "", "rule none: match: no call is ever met by this: query.a cannot be equal to different texts; correct the conditions, or remove the rule")]
    [InlineData("- { id: none, effect: deny, match: { where: [{ field: body.a, gte: 10 }, { field: body.a, lt: 10 }] } }", "", "rule none: match: no call is ever met by this: body.a cannot be at least 10 and less than 10; correct the conditions, or remove the rule")]
    [InlineData("- { id: some, effect: deny, match: { where: [{ field: body.a, gte: 10 }, { field: body.a, lte: 10 }] } }", "", "")]
    // Controls
    [InlineData("- { id: ask, effect: require_approval, match: { methods: [POST] }, approval: { need: [{ from: [group:security] }] } }", "",
        "rule ask: controls: this privileged rule names no control; name what it implements, as in controls: [\"SOC2:CC6.3\"], so that its evidence is found")]
    // Channels
    [InlineData("- { id: ask, " + Ask + ", match: { methods: [POST] }, notify: [teams:a, teams:person.joan, slack:b, teams:person.nobody] }", "",
        "rule ask: notify: no channel delivers to 'slack:b' yet; reviewers see the ticket on the console and by API|rule ask: notify: 'teams:person.nobody' is nobody in people.yaml; name a person by their id there, or teams:reviewers for all whom the rules ask")]
    // Opt-ins
    [InlineData("- { id: secrets, effect: deny, match: { methods: [GET, HEAD], paths: [\"/secrets/**\"] } }\n" + Others, "accept: [method-override]",
        "rule secrets: accept: accept: [method-override] lets a call that this rule is about be written so that others allows it; take method-override back, or accept it in the one rule that needs it")]
    // People
    [InlineData("- { id: one, " + Ask + ", match: { methods: [POST] } }\n- { id: two, " + Ask + ", match: { methods: [POST] } }\n- { id: three, " + Ask + ", match: { methods: [POST] } }", "",
        "rule one: approval.need: nobody could approve what billing-bot asks, together with three, two; name people who neither own the agent nor are acted for, one for each approval|rule two: approval.need: nobody could approve what billing-bot asks, together with one, three; name people who neither own the agent nor are acted for, one for each approval|rule three: approval.need: nobody could approve what billing-bot asks, together with one, two; name people who neither own the agent nor are acted for, one for each approval")]
    public async Task A_rule_is_warned_of(string rules, string more, string expected)
    {
        var loaded = Assert.IsType<PolicyLoad.Loaded>(Some.Load(("api.yaml", Some.RouteYaml(rules, more))));

        var found = await new PolicyLint(loaded.Snapshot, loaded.Places).RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            expected.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(line => $"api.yaml:{LineOf(rules, line)}: {line}"),
            found.Select(problem => problem.ToString()));
    }

    [Fact]
    public async Task One_agent_that_nobody_could_approve_for_is_warned_of_beside_another()
    {
        const string Agents = """
            version: 1
            agents:
              - { id: theirs, owner: person:hugo, keys: [{ id: k1, sha256: "00000000000000000000000000000000000000000000000000000000000000a1", on_behalf_of: person:joan }] }
              - { id: other, owner: person:ada, keys: [{ id: k1, sha256: "00000000000000000000000000000000000000000000000000000000000000a2" }] }

            """;
        var loaded = Assert.IsType<PolicyLoad.Loaded>(Some.Load(("agents.yaml", Agents), ("api.yaml", Some.RouteYaml($"- {{ id: ask, {Ask}, match: {{ methods: [POST] }} }}"))));
        var found = await new PolicyLint(loaded.Snapshot, loaded.Places).RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            "api.yaml:7: rule ask: approval.need: nobody could approve what theirs for joan asks; name people who neither own the agent nor are acted for, one for each approval",
            Assert.Single(found).ToString());
    }

    [Fact]
    public async Task A_place_of_a_whole_route_that_no_channel_delivers_to_is_warned_of()
    {
        var loaded = Assert.IsType<PolicyLoad.Loaded>(Some.Load(("api.yaml", Some.RouteYaml(Others, "notify: [slack:a]"))));
        var found = await new PolicyLint(loaded.Snapshot, loaded.Places).RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal("api.yaml:2: notify: no channel delivers to 'slack:a' yet; reviewers see the ticket on the console and by API", Assert.Single(found).ToString());
    }

    [Fact]
    public async Task The_policies_that_people_are_shown_have_nothing_to_be_warned_of()
    {
        foreach (var folder in new[] { "policies", "policies/demo" })
        {
            var loaded = Assert.IsType<PolicyLoad.Loaded>(PolicyFiles.Load(Repository.PathOf(folder), _ => "secret"));
            Assert.Empty(await new PolicyLint(loaded.Snapshot, loaded.Places).RunAsync(TestContext.Current.CancellationToken));
        }
    }

    // The rules begin on line 7; the rule that a warning names is the n-th.
    private static int LineOf(string rules, string warning) =>
        6 + rules.Split('\n').Index().Single(line => line.Item.Contains($"id: {warning.Split(' ')[1].TrimEnd(':')},", StringComparison.Ordinal)).Index + 1;
}
