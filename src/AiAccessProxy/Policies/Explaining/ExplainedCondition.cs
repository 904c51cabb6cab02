using AiAccessProxy.Policies.Conditions;

namespace AiAccessProxy.Policies.Explaining;

/// <summary>How one condition came out for one call.</summary>
/// <param name="Because">In words: <c>body.amount is 20000, greater than 10000</c>; <c>any of</c> and the like before <paramref name="Parts"/>.</param>
/// <param name="Parts">Of a group its conditions; empty for a single condition.</param>
internal sealed record ExplainedCondition(Truth Outcome, string Because, IReadOnlyList<ExplainedCondition> Parts);
