using AiAccessProxy.Actions;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Policies.Wording;

/// <summary>What a rule redacts is told under no name, in no sentence, by no rule.</summary>
public class RedactionTests
{
    private const string Secret = "5ecret";

    private static readonly string[] Fields =
    [
        "body", "body.card", "body.card.number", "body.items", "body.items.*", "body.items.*.card", "body.*", "body.open", "query.card", "query.open",
        "header.x-card", "header.x-open", "path.one", "path.other",
    ];

    /// <summary>For each field, a call with the secret there and nowhere else.</summary>
    private static ApiAction With(string redacted)
    {
        string At(params string[] fields) => fields.Contains(redacted) ? Secret : "open";
        var body = $$"""
            {"card":{"number":"{{At("body", "body.card", "body.card.number", "body.*")}}"},
             "items":[{"card":"{{At("body", "body.items", "body.items.*", "body.items.*.card", "body.*")}}"}],
             "open":"{{At("body", "body.open", "body.*")}}"}
            """;
        return Some.Action(
            "POST", $"/x/{At("path.one", "path.other")}?card={At("query.card")}&open={At("query.open")}", Some.Body(body),
            new HeaderField("X-Card", At("header.x-card")), new HeaderField("X-Open", At("header.x-open")));
    }

    public static TheoryData<string, string> Effects
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var redacted in Fields)
                foreach (var effect in new[] { "allow", "deny", "require_approval" })
                    data.Add(redacted, effect);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Effects))]
    public void No_sentence_holds_it(string redacted, string effect)
    {
        var hidden = Variable(redacted, "one");
        foreach (var named in Fields)
        {
            var told = Variable(named, "other");
            foreach (var wanted in new[] { "exists: true", "any: { equals: open }", $"any: {{ equals: {Secret} }}", "all: { gt: 5 }" })
            {
                // The operand of a field that is not redacted is nobody's secret.
                if (wanted.Contains(Secret, StringComparison.Ordinal) && named != redacted) continue;
                var rules = $$"""
                    - id: hides
                      effect: {{effect}}
                      redact: [{{redacted}}]
                      match: { paths: ["/x/{{{hidden}}}"] }
                    {{(effect == "require_approval" ? "  approval: { need: [{ from: [group:security] }] }" : "")}}
                    - id: tells
                      effect: require_approval
                      summary: "{{{named}}}"
                      match: { paths: ["/x/{{{told}}}"], where: [{ field: {{named}}, {{wanted}} }] }
                      approval: { need: [{ from: [group:security] }] }
                    - id: misses
                      effect: allow
                      match: { paths: ["/x/{{{told}}}"], not: { where: [{ field: {{named}}, {{wanted}} }] } }
                    """;
                var policy = Some.Policy(rules);
                var decision = Some.Decided(policy, With(redacted)).Decision;
                Assert.Contains(decision.Redact, field => field.Field.Text == redacted);
                foreach (var sentence in Sentences(decision)) Assert.DoesNotContain(Secret, sentence, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void What_is_not_redacted_is_told()
    {
        var decision = Some.Decided("""
            - id: one
              effect: require_approval
              summary: "{body.open} {body.card}"
              redact: [body.card]
              match: { where: [{ field: body.open, equals: open }, { field: body.card.number, exists: true }, { field: body.card.number, equals: open }] }
              approval: { need: [{ from: [group:security] }] }
            """, With("header.x-card")).Decision;

        Assert.Equal(["open (redacted)"], Assert.IsType<Decision.RequireApproval>(decision).Requirement.Summary);
        Assert.Equal(
            ["body.open is \"open\", equal to \"open\"", "body.card.number is present", "body.card.number (redacted) is what the rule looks for"],
            Assert.Single(decision.Rules).Because);
    }

    [Fact]
    public void What_a_reference_put_into_a_rule_is_told_neither_by_the_rule_nor_by_a_value_that_meets_it()
    {
        foreach (var (value, told) in new[] { ("value-of-TOKEN", "is"), ("other", "is not") })
        {
            var decision = Some.Decided($$"""
                - { id: is, effect: deny, match: { where: [{ field: query.q, equals: "${env:TOKEN}" }] } }
                - { id: is-not, effect: deny, match: { not: { where: [{ field: query.q, any: { in: ["${env:TOKEN}"] } }] } } }
                """, Some.Action(target: $"/x?q={value}")).Decision;
            Assert.Equal([$"query.q (redacted) {told} what the rule looks for"], Assert.Single(decision.Rules).Because);
        }
    }

    [Fact]
    public void An_allow_that_cannot_be_told_still_hides_what_it_calls_secret()
    {
        var decision = Some.Decided("""
            - id: small
              effect: allow
              redact: [body.card]
              match: { where: [{ field: body.card, equals: open }] }
            """, Some.Action("POST", "/x", Some.Body($$"""{"card":["{{Secret}}"]}"""))).Decision;

        var deny = Assert.IsType<Decision.Deny>(decision);
        Assert.Equal("No rule of route api allows this call. Rule small does not, since body.card (redacted) cannot be told.", deny.Reason);
        Assert.Equal("body.card", Assert.Single(deny.Redact).Field.Text);
    }

    [Theory]
    [InlineData("body.document")]
    [InlineData("body")]
    [InlineData("body.document.inner")]
    public void What_is_read_out_of_the_json_of_a_redacted_text_is_told_no_more_than_the_text(string redacted)
    {
        var decision = Some.Decided($$"""
            - id: one
              effect: deny
              redact: [{{redacted}}]
              match: { where: [{ field: body.document, json: card, any: { equals: {{Secret}} } }] }
            """, Some.Action("POST", "/x", Some.Body($$"""{"document":"{\"card\":[\"{{Secret}}\"]}"}"""))).Decision;

        Assert.Equal(["body.document (json card) (redacted) is what the rule looks for"], Assert.Single(decision.Rules).Because);
    }

    private static string Variable(string field, string otherwise) => field.StartsWith("path.", StringComparison.Ordinal) ? field[5..] : otherwise;

    private static IEnumerable<string> Sentences(Decision decision) =>
    [
        .. decision.Rules.SelectMany(rule => rule.Because),
        .. decision is Decision.Deny deny ? [deny.Reason] : Array.Empty<string>(),
        .. decision is Decision.RequireApproval asked ? asked.Requirement.Summary : [],
    ];
}
