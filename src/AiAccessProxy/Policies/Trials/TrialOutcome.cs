using AiAccessProxy.Actions;

namespace AiAccessProxy.Policies.Trials;

/// <summary>What would become of a described call at the door.</summary>
internal abstract record TrialOutcome
{
    private TrialOutcome()
    {
    }

    /// <summary>Rules, or the route's default, decide it.</summary>
    public sealed record Decided(Route Route, Bound Bound) : TrialOutcome;

    /// <summary>It is refused before any rule is asked.</summary>
    /// <param name="Kind">As in <c>docs/problems.md</c>.</param>
    /// <param name="Doubt">For <c>no-single-meaning</c>: what has none.</param>
    public sealed record Refused(string Kind, string Detail, Ambiguity? Doubt = null) : TrialOutcome;
}
