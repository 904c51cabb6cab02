namespace AiAccessProxy.Policies.Trials;

/// <summary>A row of <c>tests</c> in a policy file: a call and what is expected of it.</summary>
/// <param name="File">Where it stands, with <paramref name="Line"/>.</param>
internal sealed record PolicyTest(string File, int Line, string Name, TrialCall Call, Expectation Expect)
{
    public async ValueTask<PolicyTestResult> RunAsync(PolicySnapshot rules, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var outcome = await Trial.RunAsync(rules, Call, cancellationToken);
        return new(this, outcome, Expect.Against(outcome), time.GetElapsedTime(started));
    }
}
