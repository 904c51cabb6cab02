using AiAccessProxy.Actions;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Policies.Wording;

/// <summary>The exact words in which a decision says why.</summary>
public class SentenceTests
{
    [Theory]
    [InlineData("methods: [POST, PUT]", "the method is POST")]
    [InlineData("not: { methods: [GET] }", "the method is POST, not GET")]
    [InlineData("paths: [\"/v1/*\", \"/v1/**\", \"/v2\"]", "the path matches /v1/*, /v1/**")]
    [InlineData("not: { paths: [\"/v2\"] }", "the path does not match /v2")]
    [InlineData("paths: [\"/v1/things/\"]", "the path differs from /v1/things/ by the slash at its end alone, which many servers ignore")]
    [InlineData("where: [{ field: body.amount, gt: 10000 }]", "body.amount is 2e4, greater than 10000")]
    [InlineData("not: { where: [{ field: body.amount, lte: 10000 }] }", "body.amount is 2e4, not at most 10000")]
    [InlineData("where: [{ field: body.text, equals: \"2\" }]", "body.text is \"2\", equal to \"2\"")]
    [InlineData("where: [{ field: body.text, equals: 2 }]", "body.text is \"2\", which cannot be compared with 2")]
    [InlineData("where: [{ field: body.text, in: [\"1\", \"2\"] }]", "body.text is \"2\", one of \"1\", \"2\"")]
    [InlineData("where: [{ field: body.amount, gte: 2e4 }]", "body.amount is 2e4, at least 2e4")]
    [InlineData("not: { where: [{ field: body.amount, lt: 20000 }] }", "body.amount is 2e4, not less than 20000")]
    [InlineData("where: [{ field: body.word, contains: x }]", "body.word is \"axb\", a text that contains \"x\"")]
    [InlineData("where: [{ field: body.word, starts_with: a }]", "body.word is \"axb\", a text that starts with \"a\"")]
    [InlineData("not: { where: [{ field: body.word, ends_with: c }] }", "body.word is \"axb\", not a text that ends with \"c\"")]
    [InlineData("where: [{ field: body.word, matches: \"a.b\" }]", "body.word is \"axb\", a text that matches \"a.b\"")]
    [InlineData("where: [{ field: body.list, contains: a }]", "body.list is (a list of 3 items), which cannot be compared with \"a\"")]
    [InlineData("where: [{ field: body.json, json: Statement.*.Action, any: { equals: \"*\" } }]", "body.json (json Statement.*.Action) is \"a\", \"*\", of which one is equal to \"*\"")]
    [InlineData("where: [{ field: body.word, json: a, equals: 5 }]", "body.word (json a) cannot be read: the text that stands there is no strict JSON")]
    [InlineData("where: [{ field: body.amount, json: a, equals: 5 }]", "body.amount (json a) cannot be read: what stands there is no text that could hold JSON")]
    [InlineData("where: [{ field: body.json, json: Version, exists: false }]", "body.json (json Version) is absent")]
    [InlineData("where: [{ field: body.agent, equals: \"${agent.id}\" }]", "body.agent is \"billing-bot\", equal to \"billing-bot\" (${agent.id})")]
    [InlineData("not: { where: [{ field: body.word, in: [\"${agent.owner}\", \"x${agent.id}\"] }] }", "body.word is \"axb\", not one of \"ada\" (${agent.owner}), \"xbilling-bot\" (x${agent.id})")]
    [InlineData("where: [{ field: body.word, equals: \"${on_behalf_of.id}\" }]", "body.word is \"axb\", which cannot be compared with ${on_behalf_of.id}, which stands for nobody here")]
    [InlineData("where: [{ field: body.flag, equals: true }]", "body.flag is true, equal to true")]
    [InlineData("where: [{ field: body.nothing, equals: null }]", "body.nothing is null, equal to null")]
    [InlineData("where: [{ field: body.object, equals: a }]", "body.object is (an object), which cannot be compared with \"a\"")]
    [InlineData("where: [{ field: body.list, gt: 1 }]", "body.list is (a list of 3 items), which cannot be compared with 1")]
    [InlineData("where: [{ field: body.missing, exists: false }]", "body.missing is absent")]
    [InlineData("not: { where: [{ field: body.missing, equals: a }] }", "body.missing is absent")]
    [InlineData("where: [{ field: query.q, exists: true }]", "query.q is present")]
    [InlineData("where: [{ field: query.q, equals: a }]", "query.q stands there 2 times where one is meant")]
    [InlineData("where: [{ field: query.q, any: { equals: b } }]", "query.q is \"a\", \"b\", of which some upstreams take one and some another")]
    [InlineData("where: [{ field: body.list, any: { equals: 2 } }]", "body.list is (a list of 3 items), of which one is equal to 2")]
    [InlineData("not: { where: [{ field: query.q, any: { equals: c } }] }", "query.q is \"a\", \"b\", of which none is equal to \"c\"")]
    [InlineData("where: [{ field: query.q, all: { in: [a, b] } }]", "query.q is \"a\", \"b\", of which each is one of \"a\", \"b\"")]
    [InlineData("not: { where: [{ field: query.q, all: { equals: a } }] }", "query.q is \"a\", \"b\", of which some upstreams take one and some another")]
    [InlineData("not: { where: [{ field: body.list, all: { equals: 2 } }] }", "body.list is (a list of 3 items), of which not each is equal to 2")]
    [InlineData("where: [{ field: query.q, any: { gt: 1, lte: 5 } }]", "query.q is \"a\", \"b\", of which not all can be compared with 1 and 5")]
    [InlineData("where: [{ field: body.TEXT, equals: a }]", "body.TEXT cannot be read: body.TEXT stands there in another case than 'TEXT'")]
    [InlineData("any: [{ methods: [GET] }, { where: [{ field: body.flag, equals: true }] }]", "body.flag is true, equal to true")]
    [InlineData("any: [{ methods: [POST] }, { where: [{ field: body.flag, equals: true }] }]", "the method is POST|body.flag is true, equal to true")]
    [InlineData("any: [{ methods: [GET] }, { where: [{ field: body.text, gt: 1 }] }]", "body.text is \"2\", which cannot be compared with 1")]
    [InlineData("methods: [POST], where: [{ field: body.text, gt: 1 }]", "the method is POST|body.text is \"2\", which cannot be compared with 1")]
    [InlineData("not: { all: [{ methods: [GET] }, { where: [{ field: body.flag, equals: false }] }] }", "the method is POST, not GET|body.flag is true, not equal to false")]
    [InlineData("all: [{ methods: [POST] }, { methods: [POST, GET] }]", "the method is POST")]
    public void Each_condition_that_decided_has_its_sentence(string match, string because)
    {
        var action = Some.Action("POST", "/v1/things?q=a&q=b",
            Some.Body("""{"amount":2e4,"text":"2","flag":true,"nothing":null,"object":{},"list":[1,2,3],"word":"axb","agent":"billing-bot","json":"{\"Statement\":[{\"Action\":\"a\"},{\"Action\":\"*\"}]}"}"""));
        var decision = Some.Decided($"- {{ id: one, effect: deny, match: {{ {match} }} }}", action, "default: allow").Decision;
        Assert.Equal(because.Split('|'), Assert.Single(decision.Rules).Because);
        Assert.Equal($"Rule one denies it: {because.Replace("|", "; ", StringComparison.Ordinal)}.", Assert.IsType<Decision.Deny>(decision).Reason);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\u202eb\u200bc", @"a\u{202e}b\u{200b}c")]
    [InlineData("line\nbreak\0\u001b[1m", @"line\u{a}break\u{0}\u{1b}[1m")]
    [InlineData("back\\slash", @"back\\slash")]
    [InlineData("\U000e0041\u00a0\ufeff\u2028", @"\u{e0041}\u{a0}\u{feff}\u{2028}")]
    [InlineData("日本 é 👍", "日本 é 👍")]
    public void A_value_cannot_hide_or_reorder_what_stands_around_it(string value, string shown)
    {
        var requirement = Asked("{body.v}", Some.Body($"{{\"v\":{System.Text.Json.JsonSerializer.Serialize(value)}}}"));
        Assert.Equal(shown, Assert.Single(requirement.Summary));
    }

    [Fact]
    public void Long_values_are_cut_and_many_are_counted()
    {
        var requirement = Asked("{body.long} {body.number} {body.list} {body.items.*.v}", Some.Body(
            $$"""{"long":"{{new string('x', 500)}}","number":1{{new string('0', 200)}},"list":[1],"items":[{{string.Join(',', Enumerable.Range(1, 8).Select(n => $"{{\"v\":{n}}}"))}}]}"""));
        Assert.Equal($"{new string('x', 80)}… 1{new string('0', 79)}… (a list of 1 item) 1, 2, 3, 4, 5 and 3 more", Assert.Single(requirement.Summary));
    }

    [Fact]
    public void A_summary_says_absent_and_unreadable_and_keeps_doubled_braces()
    {
        var requirement = Asked("{{{body.a}}} {body.b} {body.\\\"c}d\\\"} {query.q} {body.n}", Some.Body("""{"a":"x","B":1,"n":null}"""));
        Assert.Equal("{x} (unreadable) (absent) (absent) null", Assert.Single(requirement.Summary));
    }

    private static Requirement Asked(string summary, ActionBody body) => Assert.IsType<Decision.RequireApproval>(Some.Decided($$"""
        - id: one
          effect: require_approval
          summary: "{{summary}}"
          match: { paths: ["/**"] }
          approval: { need: [{ from: [group:security] }] }
        """, Some.Action("POST", "/x", body)).Decision).Requirement;
}
