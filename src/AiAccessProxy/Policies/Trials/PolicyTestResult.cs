namespace AiAccessProxy.Policies.Trials;

/// <summary>How a policy test came out.</summary>
/// <param name="Failures">What was expected and what came, one sentence each; none when it passed.</param>
internal sealed record PolicyTestResult(PolicyTest Test, TrialOutcome Outcome, IReadOnlyList<string> Failures, TimeSpan Took);
