using AiAccessProxy.Policies.Conditions;

namespace AiAccessProxy.Policies;

/// <summary>How one rule came out for one call.</summary>
internal readonly record struct RuleOutcome(Rule Rule, CallView Call, Truth Truth)
{
    /// <summary>What cannot be told counts against the caller: for deny and require_approval as a match, for allow as none.</summary>
    public bool Matches => !Rule.IsObserved && WouldMatch;

    /// <summary>The same for a rule that is only observed.</summary>
    public bool WouldMatch => Truth == Truth.True || (Truth == Truth.Unknown && Rule.Effect != Effect.Allow);
}
