namespace AiAccessProxy.Policies.Wording;

/// <summary>A condition as people read it, of no call in particular.</summary>
/// <param name="Words"><c>body.amount is greater than 10000</c>; <c>any of these</c> and the like before <paramref name="Parts"/>.</param>
/// <param name="Parts">Of a group its conditions; empty for a single condition.</param>
internal sealed record WrittenCondition(string Words, IReadOnlyList<WrittenCondition> Parts);
