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
    public RouteMatch? RouteOf(CanonicalTarget target)
    {
        Route? longest = null;
        foreach (var route in Routes)
        {
            if (StartsWith(target.Raw, route.Prefix) && route.Prefix.Length > (longest?.Prefix.Length ?? 0)) longest = route;
        }

        return longest is null ? null : new(longest, target.Without(longest.Prefix == "/" ? 0 : longest.Prefix.Count(character => character == '/')));
    }

    /// <summary>Decides. Pure: the same arguments give the same result for ever.</summary>
    /// <param name="at">What the decision's clock says, since rules may name times; null for a call that is only described, and at no time.</param>
    public Bound Decide(Route route, Caller caller, ApiAction action, DateTimeOffset? at)
    {
        var adjudication = new Adjudication(route, route.Around(caller, action, at));
        var credential = adjudication.Credential;
        var digest = ActionDigest.Over(caller, route.Id, action, route.Upstream, credential, route.Reading);
        return new(new(caller, route.Id, action, route.Upstream, credential, digest), adjudication.Decision, Hash) { At = at };
    }

    // Compared as it was sent: a prefix in another spelling is another path to the upstreams behind it.
    private static bool StartsWith(string raw, string prefix) =>
        prefix == "/" || (raw.StartsWith(prefix, StringComparison.Ordinal) && (raw.Length == prefix.Length || raw[prefix.Length] is '/' or '?'));
}
