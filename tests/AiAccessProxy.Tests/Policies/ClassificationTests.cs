using AiAccessProxy.Actions;
using AiAccessProxy.Approvals;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;
using AiAccessProxy.Tests.Approvals;

namespace AiAccessProxy.Tests.Policies;

/// <summary>Name, risk and controls stand on the record of every decision, whatever its effect.</summary>
public class ClassificationTests
{
    private const string Rules = """
        - { id: a, effect: allow, match: { methods: [GET] }, controls: [C2] }
        - { id: b, effect: allow, action: "iam.{query.Action}", match: { paths: ["/iam"] }, risk: low, controls: [C1, C2] }
        - { id: c, effect: allow, action: never.taken, match: { paths: ["/iam"] }, risk: medium }
        - { id: d, effect: deny, action: "iam.denied.{query.Action}", match: { methods: [DELETE] }, risk: critical, controls: [C3] }
        - { id: e, effect: deny, match: { paths: ["/shut"] } }
        - { id: o, effect: allow, observe: true, action: a.observed, match: { paths: ["/**"] }, risk: critical, controls: [C9] }
        """;

    [Theory]
    [InlineData("GET", "/iam?Action=GetUser", "allow", "iam.GetUser", "medium", "C2,C1")]
    [InlineData("POST", "/iam?Action=Get.User", "allow", "iam.(unclear)", "medium", "C1,C2")]
    [InlineData("GET", "/other", "allow", null, null, "C2")]
    [InlineData("DELETE", "/iam?Action=DeleteUser", "deny", "iam.denied.DeleteUser", "critical", "C3")]
    [InlineData("DELETE", "/iam", "deny", "iam.denied.(absent)", "critical", "C3")]
    [InlineData("POST", "/shut", "deny", null, null, null)]
    [InlineData("POST", "/nothing", "deny", null, null, null)]
    public void They_are_those_of_the_rules_that_decided(string method, string target, string decision, string? name, string? risk, string? controls)
    {
        var record = Recorded(Some.Decided(Rules, Some.Action(method, target)));
        Assert.Equal((decision, name, risk), (record.Decision, record.Action!.Name, record.Action.Risk));
        Assert.Equal(controls?.Split(','), record.Controls);
    }

    [Fact]
    public void What_a_rule_redacts_stands_in_no_name()
    {
        var record = Recorded(Some.Decided("""
            - { id: a, effect: allow, action: "card.{query.card}", match: { paths: ["/**"] } }
            - { id: b, effect: allow, redact: [query.card], match: { methods: [POST], where: [{ field: body.a, exists: true }] } }
            """, Some.Action("POST", "/x?card=4242", Some.Body("{}")) with { Body = new ActionBody.Streamed(null) }));
        Assert.Equal("card.(redacted)", record.Action!.Name);
    }

    [Fact]
    public async Task The_record_of_what_became_of_a_plain_call_has_them_too()
    {
        await using var desk = await OpenDesk.OpenAsync();
        await desk.CallAsync(Some.Waitable(rules: Some.Rules(Some.ApprovalRule() with { Effect = Effect.Allow, Risk = Risk.Low })));

        Assert.All(await desk.RecordsAsync(), record =>
            Assert.Equal(("payment.refund", "low", "SOC2:CC6.3"), (record.Action!.Name, record.Action.Risk, Assert.Single(record.Controls!))));
    }

    [Fact]
    public async Task A_refusal_of_a_privileged_call_has_those_of_its_approval()
    {
        await using var desk = await OpenDesk.OpenAsync();
        await desk.CallAsync(Some.Waitable(rules: Some.Rules(Some.ApprovalRule() with { Require = [ClaimName.Change] })), TimeSpan.Zero);

        var record = Assert.Single(await desk.RecordsAsync());
        Assert.Equal((RecordKind.Refused, "payment.refund", "high"), (record.Kind, record.Action!.Name, record.Action.Risk));
    }

    private static LedgerRecord Recorded(Bound bound) => new Records(new Instance(TimeProvider.System), TimeProvider.System).Decided(bound);
}
