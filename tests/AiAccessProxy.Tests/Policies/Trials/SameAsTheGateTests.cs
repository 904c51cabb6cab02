using System.Text;
using AiAccessProxy.Actions;
using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Trials;
using AiAccessProxy.Tests.Policies.Generated;

namespace AiAccessProxy.Tests.Policies.Trials;

/// <summary>A trial that said something else than the gate would be worse than none.</summary>
public sealed class SameAsTheGateTests(ITestOutputHelper output)
{
    private const int Seed = 20_261_122;

    private static readonly string[] OddPaths =
        ["/a/%2F", "/a/..", "/a//b", "/a;x/b", "/a%5Cb", "/a%2", "/a%20b", "/%61", "/a/b/", "/A", "/a?q=%00", "/a\\b", "/a b", "", "/å"];

    private static readonly HeaderField[] OddHeaders =
        [new("X-HTTP-Method-Override", "DELETE"), new("X-Original-URL", "/admin"), new("Upgrade", "h2c"), new("x_y", "1"), new("h", "\u00e5"),
         new("AiAccess-Reson", "x"), new("Transfer-Encoding", "gzip"), new("Content-Type", "text/plain"), new("Prefer", "wait=5")];

    [Fact]
    public async Task A_described_call_comes_out_as_the_same_call_at_the_gate()
    {
        var time = new ManualTime();
        using var ledger = await Some.OpenLedgerAsync(time);
        using var gate = new GateDouble(ledger, time);
        var random = new Random(Seed);
        var draw = new Draw(random);
        var seen = new Dictionary<string, int>();
        for (var at = 0; at < Some.Runs(150); at++)
        {
            var policy = draw.Policy();
            var route = policy.Yaml + (at % 3 == 0 ? "max_body: 12\n" : "");
            var rules = Some.Policy([.. policy.Files.Select(file => (file.Name, file.Name switch
            {
                "agents.yaml" => file.Text.Replace($"{0:d62}a1", Some.AgentKey(GateDouble.Key).Sha256, StringComparison.Ordinal),
                "api.yaml" => route,
                _ => file.Text,
            }))]);
            for (var calls = 0; calls < 20; calls++)
            {
                var call = Drawn(random, draw.Call()) with { Time = time.GetUtcNow() };
                var expected = await gate.OutcomeAsync(rules, TrialRequest.Of(call, rules.Routes[0]));
                var outcome = await Trial.RunAsync(rules, call, TestContext.Current.CancellationToken);
                if (expected != Words(outcome)) Assert.Fail($"seed {Seed}\ngate  {expected}\ntrial {Words(outcome)}\n{call}\n{route}");
                seen[expected.Split(' ')[0]] = seen.GetValueOrDefault(expected.Split(' ')[0]) + 1;
            }
        }

        output.WriteLine(string.Join(", ", seen.Select(kind => $"{kind.Key} {kind.Value}")));
        Assert.All(
            ["allow", "deny", "require_approval", "no-single-meaning", "body-too-large", "unreadable-body"],
            kind => Assert.True(seen.ContainsKey(kind), kind));
    }

    private static TrialCall Drawn(Random random, DrawnCall call)
    {
        var target = call.Head.Target.Raw;
        var isOdd = random.Next(4) == 0;
        HeaderField[] headers = [.. call.Headers.Select(one => new HeaderField(one.Name, one.Value))];
        return new()
        {
            Agent = "billing-bot",
            Method = isOdd && random.Next(10) == 0 ? "get" : call.Method,
            Path = isOdd && random.Next(2) == 0 ? OddPaths[random.Next(OddPaths.Length)] : target,
            Route = "api",
            Headers = isOdd ? [.. headers, OddHeaders[random.Next(OddHeaders.Length)]] : headers,
            Body = call.Body is { } body ? Encoding.UTF8.GetBytes(body) : null,
            ContentType = "application/json",
        };
    }

    private static string Words(TrialOutcome outcome) => outcome switch
    {
        TrialOutcome.Decided(_, var bound) => GateDouble.Of(bound),
        TrialOutcome.Refused refused => refused.Kind,
        _ => throw new InvalidOperationException("impossible"),
    };
}
