using AiAccessProxy.Agents;

namespace AiAccessProxy.Actions;

/// <summary>How a route wants its calls to be read.</summary>
/// <param name="AgentKeys">Headers that may hold the agent's key; they are never forwarded.</param>
/// <param name="VolatileHeaders">Names (lower case) that do not enter the digest, beyond <c>VolatileHeaders.Standard</c>.</param>
/// <param name="StableHeaders">Names (lower case) that a rule reads: never volatile.</param>
/// <param name="MaxBody">Bytes of a body that is read whole; more is answered 413.</param>
internal sealed record ReadingPlan(
    IReadOnlyList<AgentKeySource> AgentKeys,
    IReadOnlySet<string> VolatileHeaders,
    IReadOnlySet<string> StableHeaders,
    long MaxBody)
{
    /// <summary>What the route accepts although upstreams are known to read it differently: its own is known to read it literally.</summary>
    public IReadOnlySet<Ambiguity> Accept { get; init; } = new HashSet<Ambiguity>();

    /// <summary>Names of the headers that the route's credentials stand in: nothing that an agent sends may be taken for one of them.</summary>
    public IReadOnlySet<string> CredentialHeaders { get; init; } = new HashSet<string>();
}
