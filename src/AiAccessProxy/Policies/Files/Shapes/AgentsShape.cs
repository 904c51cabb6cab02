namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>agents.yaml.</summary>
internal sealed record AgentsShape
{
    [Words("1")]
    public required int Version { get; init; }

    public IReadOnlyList<IssuerShape>? Issuers { get; init; }

    public required IReadOnlyList<AgentShape> Agents { get; init; }
}
