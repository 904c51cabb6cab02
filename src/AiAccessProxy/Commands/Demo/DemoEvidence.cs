using AiAccessProxy.Ledger;

namespace AiAccessProxy.Commands.Demo;

/// <summary>What is known of a demo when it is over, from three sides that do not trust each other.</summary>
/// <param name="AgentGotThrough">What the agent saw of its privileged call.</param>
/// <param name="Received">What the upstream counted, by method and target.</param>
/// <param name="Records">What the ledger holds, in order.</param>
/// <param name="Auto">How the demo itself voted; null when a person was to decide.</param>
internal sealed record DemoEvidence(
    bool AgentGotThrough, IReadOnlyDictionary<string, int> Received, IReadOnlyList<LedgerRecord> Records, DemoVote? Auto);
