using AiAccessProxy.Control.Pages.Rulebook;
using AiAccessProxy.Control.Reading;
using AiAccessProxy.Control.SignIn;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace AiAccessProxy.Tests.Control.Pages;

public class PolicyPageTests
{
    [Fact]
    public void A_rule_is_told_in_words_with_whom_it_asks()
    {
        var page = Page(Some.Policy("""
            - id: refund
              match:
                methods: [POST]
                paths: ["/v1/charges/{charge}/refunds", "/v2/refunds"]
                any:
                  - where: [{ field: body.amount, gt: 10000 }]
                  - where: [{ field: body.amount, exists: false }]
                not: { agents: [billing-bot] }
              effect: require_approval
              risk: critical
              summary: "Refund {body.amount}"
              require: [reason]
              redact: [body.card]
              approval:
                need: [{ approvals: 2, from: [group:finance, person:joan] }]
                decide_within: 8h
                use_within: 90s
            """));

        var rule = page.QuerySelector("[data-rule=refund]")!;
        string[] expected =
        [
            "the method is POST", "the path is /v1/charges/{charge}/refunds or /v2/refunds", "body.amount is greater than 10000", "body.amount is not there",
            "not: the agent is billing-bot", "2 approvals from finance or Joan", "a decision within 8 h, and the call within 1 min 30 s of it",
            "the agent's own reason", "Refund {body.amount}", "critical risk", "Asks people", "body.card", "Today: nothing",
        ];
        Assert.All(expected, words => Assert.Contains(words, rule.Text(), StringComparison.Ordinal));
        Assert.Contains("any of these", rule.Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""equals: "a\"b" """, """header.x is equal to "a\"b" """)]
    [InlineData("equals: 5", "header.x is equal to 5")]
    [InlineData("equals: true", "header.x is equal to true")]
    [InlineData("""in: [a, b, c, d, e, f, g]""", """header.x is one of "a", "b", "c", "d", "e", "f", "g" """)]
    [InlineData("contains: b", """header.x is a text that contains "b" """)]
    [InlineData("starts_with: b", """header.x is a text that starts with "b" """)]
    [InlineData("ends_with: b", """header.x is a text that ends with "b" """)]
    [InlineData("matches: 'a.*'", """header.x is a text that matches "a.*" """)]
    [InlineData("lte: 3", "header.x is at most 3")]
    [InlineData("exists: true", "header.x is there")]
    [InlineData("equals: '${on_behalf_of.id}'", "header.x is equal to ${on_behalf_of.id}")]
    [InlineData("equals: '${env:TOKEN}'", "header.x is equal to a value that is kept secret")]
    public void Every_operator_is_told_whole_and_no_secret_is(string condition, string words)
    {
        var page = Page(Some.Policy($$"""
            - id: one
              match: { where: [{ field: header.x, {{condition}} }] }
              effect: deny
            """));

        Assert.Equal(words.Trim(), page.QuerySelector("[data-rule=one] .conditions")!.Text().Trim());
        Assert.DoesNotContain("value-of-TOKEN", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_refused_is_told_above_what_is_in_force()
    {
        var refusal = new PolicyRefusal(Some.Moment, [new("api.yaml", 3, "one", "effect", "\"maybe\" is not known", "known are allow and deny")]);

        var page = Page(Some.Policy("- { id: one, match: { methods: [GET] }, effect: allow }"), refusal);

        Assert.Contains("api.yaml:3: rule one: effect: \"maybe\" is not known", page.QuerySelector("[data-refused]")!.Text(), StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("[data-rule=one]"));
    }

    [Fact]
    public void What_a_rule_did_today_is_told_by_kind()
    {
        var day = RuleDay.Nothing.With(Some.Record() with { Decision = "allow" }).With(Some.Record(RecordKind.TicketOpened));
        var rule = Some.Policy("- { id: one, match: { methods: [GET] }, effect: allow }").Routes[0].RulesById[0];

        Assert.Equal("1 allowed, 1 asked people", RuleDayWords.Of(rule, day));
        Assert.Equal("2 calls it would have counted for", RuleDayWords.Of(rule with { IsObserved = true }, day with { Observed = 2 }));
    }

    [Fact]
    public void Without_a_route_it_says_what_to_do() =>
        Assert.Contains("A route is a file", Page(Console.Snapshot).QuerySelector(".empty")!.Text(), StringComparison.Ordinal);

    private static IHtmlDocument Page(PolicySnapshot rules, PolicyRefusal? refusal = null) => new HtmlParser().ParseDocument(PolicyPage.Of(
        new Viewer(Some.Person("grace"), "key:laptop", null), rules, refusal, new Today(TimeProvider.System), Some.Moment).ToString());
}
