namespace AiAccessProxy.Policies;

/// <summary>A rule that led to a decision, and why, in words for people.</summary>
/// <param name="Because">One sentence for each condition that decided: <c>body.amount is 20000, greater than 10000</c>.</param>
/// <param name="Unknown">True when the rule counts because a condition could not be told, not because it was met.</param>
internal sealed record MatchedRule(string Id, IReadOnlyList<string> Because, bool Unknown);
