using AiAccessProxy.Agents;

namespace AiAccessProxy.Policies.Files;

/// <summary>What <c>agents.yaml</c> says, wrong parts left out, for the files that refer to it.</summary>
internal sealed record KnownAgents(IReadOnlyList<Agent> All)
{
    public IReadOnlyList<string> Ids { get; } = [.. All.Select(agent => agent.Id)];

    /// <summary>Groups that some agent is in.</summary>
    public IReadOnlyList<string> Groups { get; } = [.. All.SelectMany(agent => agent.Groups).Distinct().Order(StringComparer.Ordinal)];
}
