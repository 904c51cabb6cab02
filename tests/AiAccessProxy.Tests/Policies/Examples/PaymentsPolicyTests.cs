using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Files;
using AiAccessProxy.Policies.Trials;

namespace AiAccessProxy.Tests.Policies.Examples;

/// <summary>A payments API: what the language has to be able to say about it, sentence by sentence.</summary>
public class PaymentsPolicyTests
{
    private const string Refunds = "/v1/charges/ch_1/refunds";

    private static readonly Example Payments = Example.Of("payments");

    [Theory]
    [InlineData("joan", "/v1/customers/joan/charges", "allow own-customer")]
    [InlineData("joan", "/v1/customers/ada/charges", "deny")]
    [InlineData("joan", "/v1/customers/JOAN/charges", "deny")]
    [InlineData("joan", "/v1/customers/$%7Bon_behalf_of.id%7D/charges", "deny")]
    [InlineData(null, "/v1/customers/joan/charges", "deny")]
    [InlineData(null, "/v1/customers/$%7Bon_behalf_of.id%7D/charges", "deny")]
    public async Task Only_the_customer_of_the_person_I_act_for(string? person, string path, string expected) =>
        Assert.Equal(expected, await Payments.TellAsync(Payments.Call("support-bot", "GET", path) with { OnBehalfOf = person }));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"currency":"eur"}""")]
    [InlineData(null)]
    public async Task An_amount_that_is_absent_refunds_everything_so_it_waits(string? body) =>
        Assert.Equal("ask high refund-large-or-whole", await TellAsync(Refunds, body));

    [Theory]
    [InlineData("""{"amount":"20000"}""")]
    [InlineData("""{"amount":"1"}""")]
    [InlineData("""{"amount":null}""")]
    [InlineData("""{"amount":[1]}""")]
    [InlineData("""{"amount":{"gt":10000}}""")]
    [InlineData("""{"amount":1,"amount":20000}""")]
    public async Task An_amount_of_another_type_is_unknown_so_it_is_not_allowed_and_waits(string body) =>
        Assert.StartsWith("ask high refund-", await TellAsync(Refunds, body), StringComparison.Ordinal);

    [Theory]
    [InlineData("20000", "ask high refund-large-or-whole")]
    [InlineData("2e4", "ask high refund-large-or-whole")]
    [InlineData("20000.0", "ask high refund-large-or-whole")]
    [InlineData("0.2E+5", "ask high refund-large-or-whole")]
    [InlineData("10000.000001", "ask high refund-large-or-whole")]
    [InlineData("10000", "allow refund-small")]
    [InlineData("1e4", "allow refund-small")]
    [InlineData("10000.0", "allow refund-small")]
    public async Task Equal_numbers_are_equal_however_they_are_written(string amount, string expected) =>
        Assert.Equal(expected, await TellAsync(Refunds, $"{{\"amount\":{amount}}}"));

    [Theory]
    [InlineData("""{"items":[{"account":"a","amount":5}]}""", "ask medium payout")]
    [InlineData("""{"items":[{"account":"a","amount":5},{"account":"b","amount":10001}]}""", "ask critical payout payout-large")]
    [InlineData("""{"items":[{"account":"a","amount":5},{"account":"b"}]}""", "ask critical payout payout-large")]
    public async Task One_large_item_makes_a_batch_large(string body, string expected) => Assert.Equal(expected, await TellAsync("/v1/payouts", body));

    [Theory]
    [InlineData("""{"items":[{"amount":5,"any":20000,"gt":20000}]}""", "ask medium payout")]
    [InlineData("""{"items":[{"amount":5}],"any":{"gt":20000}}""", "ask medium payout")]
    [InlineData("""{"items":[{"amount":{"any":{"gt":5}}}]}""", "ask critical payout payout-large")]
    public async Task Members_that_are_called_like_operators_are_fields_like_others(string body, string expected) =>
        Assert.Equal(expected, await TellAsync("/v1/payouts", body));

    [Theory]
    [InlineData("""{"any":{"gt":11}}""", true)]
    [InlineData("""{"any":{"gt":10}}""", false)]
    [InlineData("""{"any":11}""", false)]
    [InlineData("""{"gt":11}""", false)]
    public void A_field_may_be_called_like_an_operator(string body, bool matches)
    {
        var policy = Some.Policy("- { id: one, effect: allow, match: { where: [{ field: body.any.gt, gt: 10 }] } }");
        Assert.Equal(matches, Some.Decided(policy, Some.Action("POST", body: Some.Body(body))).Decision is Decision.Allow);
    }

    [Fact]
    public async Task Two_rules_of_equal_risk_with_different_reviewers_must_both_be_satisfied()
    {
        var both = await AskedAsync("""{"amount":20000,"reason":"fraudulent"}""");
        Assert.Equal(Risk.High, both.Risk);
        Assert.False(Payments.IsMet(both, "grace"));
        Assert.False(Payments.IsMet(both, "ada", "linus"));
        Assert.False(Payments.IsMet(both, "joan", "margaret"));
        Assert.True(Payments.IsMet(both, "grace", "margaret"));

        var (large, fraud) = (await AskedAsync("""{"amount":20000}"""), await AskedAsync("""{"amount":5,"reason":"fraudulent"}"""));
        Assert.Equal((Risk.High, Risk.High), (large.Risk, fraud.Risk));
        Assert.Equal((true, false), (Payments.IsMet(large, "ada"), Payments.IsMet(large, "margaret")));
        Assert.Equal((false, true), (Payments.IsMet(fraud, "ada"), Payments.IsMet(fraud, "margaret")));
    }

    [Fact]
    public async Task A_field_is_shown_and_redacted_under_the_name_that_conditions_and_summaries_have_for_it()
    {
        var bound = await Payments.DecideAsync(Call("POST", Refunds, """{"amount":20000,"currency":"eur","card":"4111"}"""));
        var asked = Assert.IsType<Decision.RequireApproval>(bound.Decision).Requirement;
        Assert.Equal(["body.amount", "body.currency"], asked.Show.Select(one => one.Field.Text));
        Assert.Equal(["body.card"], bound.Decision.Redact.Select(one => one.Field.Text));
        Assert.Equal(["Refund 20000 eur on charge ch_1"], asked.Summary);
        Assert.Contains(bound.Decision.Rules.SelectMany(rule => rule.Because), because => because.StartsWith("body.amount is 20000", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("amount")]
    [InlineData("$.amount")]
    [InlineData("/amount")]
    [InlineData("body/amount")]
    [InlineData("request.body.amount")]
    public void And_under_no_other_name_anywhere(string name)
    {
        string[] rules =
        [
            $"match: {{ where: [{{ field: \"{name}\", exists: true }}] }}", $"match: {{ methods: [POST] }}, show: [\"{name}\"]",
            $"match: {{ methods: [POST] }}, redact: [\"{name}\"]", $"match: {{ methods: [POST] }}, summary: \"{{{name}}}\"",
            $"match: {{ methods: [POST] }}, action: \"x.{{{name}}}\"",
        ];
        Assert.All(rules, rule => Assert.Single(Assert.IsType<PolicyLoad.Refused>(Some.Load(("api.yaml", Some.RouteYaml(
            $"- {{ id: one, effect: require_approval, approval: {{ need: [{{ from: [group:finance] }}] }}, {rule} }}")))).Problems));
    }

    private static Task<Requirement> AskedAsync(string body) => Payments.AskedAsync(Call("POST", Refunds, body));

    private static Task<string> TellAsync(string path, string? body) => Payments.TellAsync(Call("POST", path, body));

    private static TrialCall Call(string method, string path, string? body) => Example.WithJson(Payments.Call("billing-bot", method, path), body);
}
