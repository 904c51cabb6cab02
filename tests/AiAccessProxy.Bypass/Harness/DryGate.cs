using AiAccessProxy.Actions;
using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Trials;

namespace AiAccessProxy.Bypass.Harness;

/// <summary>
/// The way of a call from its bytes to its decision, with neither server nor ledger around it: fast enough for generators, and nothing
/// stands between an exception and the test.
/// </summary>
internal sealed class DryGate(PolicySnapshot rules)
{
    public const string Agent = "bot";

    public ValueTask<TrialOutcome> ReadAsync(Spelling call) => Trial.RunAsync(
        rules,
        new()
        {
            Agent = Agent,
            Method = call.Method,
            Path = call.Target,
            Host = "api.example",
            Headers = [.. call.Headers.Select(header => new HeaderField(header.Name, header.Value))],
            Body = call.Body,
        },
        CancellationToken.None);
}
