using AiAccessProxy.Agents;

namespace AiAccessProxy.Actions;

/// <summary>What a call was addressed to, before its route was known: its host, and its target with the route's prefix.</summary>
internal sealed record CallAddress(Authority Authority, CanonicalTarget Target)
{
    /// <summary>Of the places where the route takes an agent's key from, those that the call has something in.</summary>
    public IReadOnlyList<AgentKeySource> Keys { get; init; } = [];
}
