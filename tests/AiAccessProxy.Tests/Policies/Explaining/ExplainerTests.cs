using System.Text;
using System.Text.Json;
using AiAccessProxy.Actions;
using AiAccessProxy.Commands.PolicyTools;
using AiAccessProxy.Control.Api;
using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Conditions;
using AiAccessProxy.Policies.Explaining;
using AiAccessProxy.Policies.Trials;
using AiAccessProxy.Tests.Policies.Generated;

namespace AiAccessProxy.Tests.Policies.Explaining;

public class ExplainerTests
{
    private const int Seed = 20_261_123;

    [Fact]
    public async Task Every_rule_is_told_with_the_outcome_that_the_decision_rests_on()
    {
        var random = new Random(Seed);
        var draw = new Draw(random);
        for (var at = 0; at < Some.Runs(100); at++)
        {
            var policy = draw.Policy();
            var rules = Some.Policy(policy.Files);
            for (var calls = 0; calls < 10; calls++)
            {
                var call = draw.Call();
                var outcome = await Trial.RunAsync(rules, Described(call.Method, call.Head.Target.Raw, call.Headers, call.Body), TestContext.Current.CancellationToken);
                if (outcome is not TrialOutcome.Decided(_, var bound)) continue;
                var told = outcome.Explain(rules);

                Assert.Equal(policy.Rules.Select(rule => rule.Id).Order(StringComparer.Ordinal), told.Rules.Select(rule => rule.Id));
                Assert.All(told.Rules, rule => Assert.Equal(rule.Outcome, rule.Conditions.Select(one => one.Outcome).DefaultIfEmpty(Truth.True).Min()));
                Assert.All(told.Rules.SelectMany(rule => rule.Conditions), Agrees);
                var strongest = told.Rules.Where(rule => rule.Counts).Select(rule => (Effect?)rule.Effect).Max();
                if (bound.Decision is not Decision.Deny { ByDefault: false })
                    Assert.Equal(bound.Decision.Rules.Select(rule => rule.Id), told.Rules.Where(rule => rule.Counts && rule.Effect == strongest).Select(rule => rule.Id));
                Assert.Equal(bound.Decision.Rules.Count == 0, told.ByDefault);
            }
        }
    }

    [Fact]
    public async Task What_any_rule_redacts_is_not_told_whether_it_matches_or_not()
    {
        var random = new Random(Seed);
        string[] fields = ["body.card", "body.o.card", "query.token", "header.x-secret", "path.user"];
        var (told, hidden) = (0, 0);
        for (var at = 0; at < Some.Runs(150); at++)
        {
            var rules = Some.Policy(string.Join('\n', Enumerable.Range(0, 4).Select(number => Rule(random, number, fields))));
            foreach (var field in fields)
            {
                var secret = $"s3cret{random.Next(1_000_000, 9_999_999)}";
                var outcome = await Trial.RunAsync(rules, Holding(field, secret), TestContext.Current.CancellationToken);
                var explanation = outcome.Explain(rules);
                var isRedacted = explanation.Redacted.Contains(field);
                var text = string.Join('\n', ExplanationText.Whole(explanation)) + JsonSerializer.Serialize(explanation, ApiJson.Options);
                if (isRedacted) Assert.False(text.Contains(secret, StringComparison.Ordinal), $"seed {Seed}\n{text}");
                told += text.Contains(secret, StringComparison.Ordinal) ? 1 : 0;
                hidden += isRedacted ? 1 : 0;
            }
        }

        Assert.True(told > 50 && hidden > 50, $"{told} told, {hidden} hidden");
    }

    private static void Agrees(ExplainedCondition condition)
    {
        Assert.NotEmpty(condition.Because);
        if (condition.Parts.Count == 0) return;
        Assert.Equal(condition.Outcome, condition.Because switch
        {
            "all of" => condition.Parts.Min(part => part.Outcome),
            "any of" => condition.Parts.Max(part => part.Outcome),
            "not" => Kleene.Not(condition.Parts.Single().Outcome),
            _ => throw new InvalidOperationException(condition.Because),
        });
        Assert.All(condition.Parts, Agrees);
    }

    private static string Rule(Random random, int number, string[] fields)
    {
        string[] effects = ["allow", "deny", "require_approval"];
        var effect = effects[random.Next(effects.Length)];
        var field = fields[random.Next(fields.Length)];
        var wish = random.Next(2) == 0 ? "equals: other" : "exists: true";
        var summary = effect == "require_approval" ? $"summary: \"It is {{{field}}}\", action: \"it.{{{field}}}\", show: [{field}], approval: {{ need: [{{ from: [group:security] }}] }}, " : $"action: \"it.{{{field}}}\", ";
        var redact = random.Next(3) == 0 ? $"redact: [{fields[random.Next(fields.Length)]}], " : "";
        return $"- {{ id: r{number}, effect: {effect}, {summary}{redact}match: {{ paths: [\"/u/{{user}}\"], where: [{{ field: {field}, {wish} }}] }} }}";
    }

    private static TrialCall Holding(string field, string secret) => Described(
        "POST",
        $"/u/{(field == "path.user" ? secret : "any")}{(field == "query.token" ? $"?token={secret}" : "")}",
        field == "header.x-secret" ? [("X-Secret", secret)] : [],
        field switch
        {
            "body.card" => $$"""{"card":"{{secret}}"}""",
            "body.o.card" => $"{{\"o\":{{\"card\":\"{secret}\"}}}}",
            _ => "{}",
        });

    private static TrialCall Described(string method, string path, IReadOnlyList<(string Name, string Value)> headers, string? body) => new()
    {
        Agent = "billing-bot",
        Method = method,
        Path = path,
        Route = "api",
        Headers = [.. headers.Select(one => new HeaderField(one.Name, one.Value))],
        Body = body is null ? null : Encoding.UTF8.GetBytes(body),
        ContentType = "application/json",
    };
}
