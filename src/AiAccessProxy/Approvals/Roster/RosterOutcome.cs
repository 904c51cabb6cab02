using AiAccessProxy.Agents;

namespace AiAccessProxy.Approvals.Roster;

/// <summary>What became of a decision about an agent.</summary>
internal abstract record RosterOutcome
{
    private RosterOutcome()
    {
    }

    /// <summary>The agent stands as was asked; <paramref name="Changed"/> is false when it did before, and then nothing was recorded.</summary>
    public sealed record Done(AgentStanding Standing, bool Changed) : RosterOutcome;

    /// <summary>No agent of that id in the policy files.</summary>
    public sealed record NoAgent : RosterOutcome;

    /// <summary>This person may not decide that; <paramref name="Why"/> says so in words for them.</summary>
    public sealed record NotEntitled(string Why) : RosterOutcome;
}
