using AiAccessProxy.Policies.Conditions;

namespace AiAccessProxy.Policies.Explaining;

/// <summary>How one rule came out for one call.</summary>
/// <param name="Counts">It matches: an unknown does for deny and require_approval, and does not for allow.</param>
/// <param name="Conditions">The conditions of its <c>match</c>, all of which have to be true.</param>
internal sealed record ExplainedRule(string Id, Effect Effect, Truth Outcome, bool Counts, IReadOnlyList<ExplainedCondition> Conditions)
{
    /// <summary>For a rule that is only observed, whether it would count; null for any other.</summary>
    public bool? WouldCount { get; init; }
}
