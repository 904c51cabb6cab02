using AiAccessProxy.Agents;

namespace AiAccessProxy.Policies.Files;

/// <summary>An agent of <c>agents.yaml</c>, and what proves it.</summary>
internal sealed record AgentEntry(Agent Agent, IReadOnlyList<AgentKey> Keys, IReadOnlyList<AgentToken> Tokens);
