using AiAccessProxy.Actions;
using AiAccessProxy.Agents;
using AiAccessProxy.People;

namespace AiAccessProxy.Policies;

/// <summary>All rules, agents and people at one moment. Immutable: one snapshot decides the whole call.</summary>
internal sealed record PolicySnapshot
{
    /// <summary>SHA-256 over the files, 64 hex digits.</summary>
    public required string Hash { get; init; }

    public required IReadOnlyList<Route> Routes { get; init; }

    public required AgentDirectory Agents { get; init; }

    public required PeopleDirectory People { get; init; }

    /// <summary>The route of a target, by the longest prefix that ends at a segment; null when there is none.</summary>
    public RouteMatch? RouteOf(CanonicalTarget target) => throw new NotImplementedException();

    /// <summary>Decides. Pure: the same arguments give the same result for ever.</summary>
    public Bound Decide(Route route, Caller caller, ApiAction action) => throw new NotImplementedException();
}
