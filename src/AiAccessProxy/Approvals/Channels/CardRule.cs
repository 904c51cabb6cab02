namespace AiAccessProxy.Approvals.Channels;

/// <summary>A rule that asks, and why: conditions tell values of the call, so these are not the house's own words.</summary>
/// <param name="Unknown">It counts because a condition could not be told.</param>
internal sealed record CardRule(SafeText Id, IReadOnlyList<SafeText> Because, bool Unknown);
