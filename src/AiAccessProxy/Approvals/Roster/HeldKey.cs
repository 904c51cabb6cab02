using AiAccessProxy.Agents;

namespace AiAccessProxy.Approvals.Roster;

/// <summary>A key of an agent, wherever it comes from.</summary>
/// <param name="Issued">Null for a key of the policy files.</param>
/// <param name="Ends">When it stops, or has stopped, proving anybody; null never.</param>
/// <param name="EndedBy">Who ended it at run time; null when its end was set when it was made.</param>
internal sealed record HeldKey(AgentKey Key, IssuedKey? Issued, string Chain, DateTimeOffset? Ends, string? EndedBy)
{
    public bool IsLive(DateTimeOffset now) => !(Ends <= now);
}
