using AiAccessProxy.Agents;

namespace AiAccessProxy.Approvals.Roster;

/// <summary>What became of a decision about an agent. Only <see cref="Done"/> and <see cref="KeyMade"/> changed anything.</summary>
internal abstract record RosterOutcome
{
    private RosterOutcome()
    {
    }

    /// <summary>The agent stands as was asked; <paramref name="Changed"/> is false when it did before, and then nothing was recorded.</summary>
    public sealed record Done(AgentStanding Standing, bool Changed) : RosterOutcome;

    /// <summary>A key was made. Its text is known to whoever asked, and nowhere else from now on.</summary>
    public sealed record KeyMade(AgentStanding Standing, IssuedKey Key) : RosterOutcome;

    /// <summary>No agent of that id in the policy files.</summary>
    public sealed record NoAgent : RosterOutcome;

    /// <summary>The agent has no key of that id.</summary>
    public sealed record NoKey : RosterOutcome;

    /// <summary>This person may not decide that; <paramref name="Why"/> says so in words for them.</summary>
    public sealed record NotEntitled(string Why) : RosterOutcome;

    /// <summary>The policy files do not let the agent act for that person, or for nobody.</summary>
    public sealed record NotGranted(string? OnBehalfOf) : RosterOutcome;

    /// <summary>A key that would have expired already.</summary>
    public sealed record Expired : RosterOutcome;

    /// <summary>The same request made a key before, which is shown once only.</summary>
    public sealed record AlreadyMade(string KeyId) : RosterOutcome;

    /// <summary>The key proves nobody any more, so it cannot be rotated.</summary>
    public sealed record KeyEnded : RosterOutcome;

    /// <summary>The key is one of two that are good during a rotation already; <paramref name="Other"/> is the other.</summary>
    public sealed record Rotating(string Other) : RosterOutcome;

    /// <summary>The agent has as many keys as it may.</summary>
    public sealed record TooManyKeys(int Limit) : RosterOutcome;
}
