namespace AiAccessProxy.Agents;

/// <summary>What was decided about one agent at run time. A value; the policy files say who the agent is.</summary>
internal sealed record AgentStanding(string Agent)
{
    /// <summary>Null while it may call.</summary>
    public Suspension? Suspended { get; init; }

    /// <summary>Keys that were made at run time, oldest first, also those that have ended.</summary>
    public IReadOnlyList<IssuedKey> Issued { get; init; } = [];

    /// <summary>Keys of the policy files that were ended at run time.</summary>
    public IReadOnlyList<EndedKey> Ended { get; init; } = [];
}
