using System.Security.Cryptography;
using System.Text;
using AiAccessProxy.Actions;
using AiAccessProxy.Approvals;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Approvals;

public class RecordsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_plain_allow_has_its_decision_and_its_outcome_and_the_second_names_the_first()
    {
        await using var desk = await OpenDesk.OpenAsync();
        var bound = Decided(Some.ApprovalRule() with { Effect = Effect.Allow });

        var go = Assert.IsType<Clearance.Go>(await desk.CallAsync(bound));

        Assert.False(go.Cleared.IsPrivileged);
        var records = await desk.RecordsAsync();
        Assert.Equal([RecordKind.Decided, RecordKind.CallExecuted], records.Select(record => record.Kind));
        Assert.Equal(("allow", bound.Policy, "billing-bot"), (records[0].Decision, records[0].Policy, records[0].Agent!.Id));
        Assert.Equal((records[0].Id, 200, true), (records[1].Of, records[1].Outcome!.Status, records[1].Outcome!.Delivered));
        Assert.Equal(bound.Action.Digest.Hex, records[1].Action!.Digest);
    }

    [Fact]
    public async Task A_denial_by_rule_is_on_record_and_the_refusal_names_the_record()
    {
        await using var desk = await OpenDesk.OpenAsync();

        var refused = Assert.IsType<Refused.Denied>(
            Assert.IsType<Clearance.No>(await desk.CallAsync(Decided(Some.ApprovalRule() with { Effect = Effect.Deny }))).Refused);

        var record = Assert.Single(await desk.RecordsAsync());
        Assert.Equal((RecordKind.Decided, "deny", refused.Record), (record.Kind, record.Decision, record.Id));
        Assert.Equal(["refund-large"], record.Rules);
        Assert.Equal(refused.Decision.Reason, record.Detail);
    }

    [Fact]
    public async Task What_needs_approval_is_never_cleared_for_want_of_a_verdict_nor_another_call_by_somebody_elses_turn()
    {
        await using var desk = await OpenDesk.OpenAsync();
        await desk.CallAsync(Some.Waitable(), TimeSpan.Zero);
        await desk.ApproveAsync((await desk.TicketAsync()).Id);
        var turn = await desk.Desk.ConsentAsync(Some.Waitable(), default, Token);

        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await desk.Clearing.ClearAsync(Some.Waitable(), new Verdict.NotNeeded(), Token));
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await desk.Clearing.ClearAsync(Decided(Some.ApprovalRule() with { Effect = Effect.Allow }), turn, Token));
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await desk.Clearing.ClearAsync(Decided(Some.ApprovalRule() with { Effect = Effect.Deny }), turn, Token));
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await desk.Clearing.ClearAsync(Some.Waitable("/v1/another"), turn, Token));
        Assert.DoesNotContain(RecordKind.TicketExecuting, await desk.KindsAsync());
    }

    [Fact]
    public void What_rules_redact_stands_in_target_and_parameters_as_name_length_and_hash()
    {
        const string target = "/v1/cards/4242424242424242/pay?cvc=123&amount=5&cvc=999";
        const string body = """{"card":{"number":"4000","name":"Ada"},"amount":5,"note":"a\u0026b"}""";
        var action = Some.Action("POST", target, Some.Body(body), new HeaderField("X-Token", "s3cret"));
        NamedReading Read(FieldSource source, string name, params (int Start, int Length)[] at) => new(
            Some.Field($"{source}.{name}".ToLowerInvariant()),
            new FieldReading.Present([.. at.Select(one => new FieldValue(
                source, new JsonNodeFact.Text(one.Start, one.Length, source == FieldSource.Body ? body.Substring(one.Start, one.Length) : "as it is meant")))]));
        (int, int) In(string text, string part) => (text.IndexOf(part, StringComparison.Ordinal), part.Length);
        var redact = new[]
        {
            Read(FieldSource.Path, "card", In(target, "4242424242424242")),
            Read(FieldSource.Query, "cvc", In(target, "123"), In(target, "999")),
            Read(FieldSource.Body, "card.number", In(body, "\"4000\"")),
            Read(FieldSource.Header, "x-token", (0, 6)),
        };
        var card = In(body, """{"number":"4000","name":"Ada"}""");
        var show = new[]
        {
            new NamedReading(Some.Field("body.card"), new FieldReading.Present(
                [new(FieldSource.Body, new JsonNodeFact.Object(card.Item1, card.Item2, new Dictionary<string, JsonNodeFact>()))])),
            Read(FieldSource.Body, "card.number", In(body, "\"4000\"")),
            new NamedReading(Some.Field("body.amount"), new FieldReading.Present([new(FieldSource.Body, new JsonNodeFact.Number(body.IndexOf("5,", StringComparison.Ordinal), 1, "5"))])),
            Read(FieldSource.Path, "number", In(target, "4242424242424242")),
            Read(FieldSource.Header, "X-Token", (0, 6)),
            new NamedReading(Some.Field("body.none"), new FieldReading.Absent()),
            new NamedReading(Some.Field("body.what"), new FieldReading.Unreadable("x")),
        };
        var bound = Some.Waitable().Action with { Action = action };

        Assert.Equal(
            $"/v1/cards/{Redacted("path.card", "4242424242424242")}/pay?cvc={Redacted("query.cvc", "123")}&amount=5&cvc={Redacted("query.cvc", "999")}",
            Redacting.Target(bound, redact));
        var parameters = Redacting.Parameters(bound, show, redact)!;
        Assert.Equal($$"""{"number":{{Redacted("body.card.number", "\"4000\"")}},"name":"Ada"}""", parameters["body.card"]);
        Assert.Equal(Redacted("body.card.number", "\"4000\""), parameters["body.card.number"]);
        Assert.Equal("5", parameters["body.amount"]);
        Assert.Equal(Redacted("path.card", "4242424242424242"), parameters["path.number"]);
        Assert.Equal("(absent)", parameters["body.none"]);
        Assert.Equal("(unreadable)", parameters["body.what"]);
        var everything = string.Join('\n', parameters.Values) + Redacting.Target(bound, redact);
        Assert.DoesNotContain("4000", everything, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", everything, StringComparison.Ordinal);
        Assert.DoesNotContain("4242", everything, StringComparison.Ordinal);
    }

    [Fact]
    public void A_redacted_field_that_comes_a_thousand_times_does_not_make_a_record_a_hundred_times_as_long_as_the_call()
    {
        var target = $"/v1/cards?{string.Join('&', Enumerable.Repeat("cvc=1", 1000))}";
        var action = Some.Action(target: target);
        var cvc = Some.Field("query.cvc");

        var recorded = Redacting.Target(Some.Privileged(action).Action, [new(cvc, ActionFields.Read(action, cvc))]);

        Assert.Equal(Redacted("target", target), recorded);
    }

    [Fact]
    public void Where_it_cannot_be_told_what_to_redact_all_of_the_part_is()
    {
        const string body = """{"a":"hidden"}""";
        var action = Some.Waitable().Action with { Action = Some.Action("POST", "/v1/hidden?x=hidden", Some.Body(body)) };
        var shown = new NamedReading(
            Some.Field("body.a"), new FieldReading.Present([new(FieldSource.Body, new JsonNodeFact.Text(5, 8, "hidden"))]));
        NamedReading[] redact =
        [
            new(Some.Field("query.x"), new FieldReading.Unreadable("repeated")), new(Some.Field("body.b"), new FieldReading.Unreadable("no JSON")),
        ];

        Assert.Equal(Redacted("target", "/v1/hidden?x=hidden"), Redacting.Target(action, redact));
        Assert.Equal(Redacted("body.a", "\"hidden\""), Redacting.Parameters(action, [shown], redact)!["body.a"]);
    }

    private static string Redacted(string name, string text) =>
        $"[redacted {name}, {text.Length} bytes, sha256 {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}]";

    private static Bound Decided(Rule rule) => Some.Waitable(rules: Some.Rules(rule));
}
