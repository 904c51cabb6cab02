using AiAccessProxy.Actions;
using AiAccessProxy.Agents;

namespace AiAccessProxy.Policies.Files;

/// <summary>What a route says once for all of its rules.</summary>
internal sealed record RouteTerms(
    Known Known,
    IReadOnlyList<AgentKeySource> AgentKeys,
    IReadOnlyDictionary<string, UpstreamCredential> Credentials,
    YamlNode? ApprovalNode)
{
    public ApprovalTerms? Approval { get; init; }

    /// <summary>Id of the route, for what is said of it; null where the file does not give one.</summary>
    public string? Route { get; init; }

    public string? Environment { get; init; }

    /// <summary>The rules that are read are those of <c>global.yaml</c>.</summary>
    public bool IsGlobal { get; init; }

    /// <summary>Patterns of paths are compared without regard to the case of letters.</summary>
    public bool IgnoresPathCase { get; init; }
}
