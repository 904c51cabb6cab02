using AiAccessProxy.Policies.Files;

namespace AiAccessProxy.Tests.Policies.Trials;

/// <summary>What a failed test says was expected, and what came.</summary>
public class ExpectationTests
{
    private const string Rules = """
        - { id: read, effect: allow, match: { methods: [GET] } }
        - { id: write, effect: require_approval, match: { methods: [POST] }, action: thing.write, risk: medium, summary: "Write {path}",
            require: [reason], approval: { need: [{ from: [group:finance] }] } }
        """;

    [Theory]
    [InlineData("GET", "effect: allow, rules: [read], credential: live", "")]
    [InlineData("GET", "effect: deny", "outcome: expected deny, got allow")]
    [InlineData("GET", "effect: allow, rules: []", "rules: expected none, got read")]
    [InlineData("GET", "effect: allow, rules: [write, read]", "rules: expected read, write, got read")]
    [InlineData("GET", "effect: allow, credential: other", "credential: expected other, got live")]
    [InlineData("GET", "refused: encoded-slash", "outcome: expected refused (encoded-slash), got allow")]
    [InlineData("PUT", "effect: allow", "outcome: expected allow, got deny: No rule of route api allows this call.")]
    [InlineData("get", "effect: allow", "outcome: expected allow, got refused (method): The method has to be of capital letters and hyphens, as in DELETE.")]
    [InlineData("get", "refused: method", "")]
    [InlineData("get", "refused: no-single-meaning", "")]
    [InlineData("get", "refused: dot-segment", "outcome: expected refused (dot-segment), got refused (method): The method has to be of capital letters and hyphens, as in DELETE.")]
    [InlineData("POST", "effect: require_approval, action: thing.write, risk: medium, summary: [Write it], needs: [{ approvals: 1, from: [group:finance] }], require: [reason]", "")]
    [InlineData("POST", "effect: allow, rules: [write]", "outcome: expected allow, got require_approval")]
    [InlineData("POST", "effect: require_approval, action: x, risk: low, summary: [], needs: [{ approvals: 2, from: [group:security, person:ada] }], require: [change, reason]",
        "risk: expected low, got medium|action: expected x, got thing.write|summary: expected none, got Write it|needs: expected 2 of group:security or person:ada, got 1 of group:finance|require: expected reason, change, got reason")]
    public async Task Each_expectation_that_is_not_met_is_told(string method, string expect, string failures)
    {
        var file = Some.RouteYaml(Rules.Replace("Write {path}", "Write it", StringComparison.Ordinal),
            "credentials: { live: { type: header, name: X-Key, value: s } }\ncredential: live")
            + $"tests: [{{ name: a, request: {{ agent: billing-bot, method: {method}, path: /v1 }}, expect: {{ {expect} }} }}]\n";
        var loaded = Assert.IsType<PolicyLoad.Loaded>(Some.Load(("api.yaml", file)));

        var result = await loaded.Tests[0].RunAsync(loaded.Snapshot, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal(failures.Split('|', StringSplitOptions.RemoveEmptyEntries), result.Failures);
    }
}
