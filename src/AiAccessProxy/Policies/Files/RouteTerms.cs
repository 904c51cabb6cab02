using AiAccessProxy.Actions;
using AiAccessProxy.Agents;

namespace AiAccessProxy.Policies.Files;

/// <summary>What a route says once for all of its rules.</summary>
internal sealed record RouteTerms(
    KnownPeople People,
    IReadOnlyList<AgentKeySource> AgentKeys,
    IReadOnlyDictionary<string, UpstreamCredential> Credentials,
    YamlNode? ApprovalNode)
{
    public ApprovalTerms? Approval { get; init; }
}
