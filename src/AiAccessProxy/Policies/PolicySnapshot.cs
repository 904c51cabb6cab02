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

    /// <summary>Rules that have no effect and are only observed, and where.</summary>
    public IEnumerable<(Route Route, Rule Rule)> Observed =>
        Routes.SelectMany(route => route.RulesById.Where(rule => rule.IsObserved).Select(rule => (route, rule)));

    /// <summary>
    /// The route of a call, by the longest prefix that ends at a segment: among those that name its authority, and only where there is none,
    /// among those that name no hosts. Null when there is no such route. When some server would read the prefix of another route that goes
    /// before it, what is left carries a doubt that nothing accepts.
    /// </summary>
    public RouteMatch? RouteOf(Authority authority, CanonicalTarget target)
    {
        var named = Routes.Where(route => route.Hosts.Any(host => host.Covers(authority))).ToList();
        var unnamed = Routes.Where(route => route.Hosts.Count == 0).ToList();
        if ((Longest(target, named) ?? Longest(target, unnamed)) is not { } route) return null;
        var rest = target.Without(route.Prefix == "/" ? 0 : route.Prefix.Count(character => character == '/'));
        var doubt = PrefixGuard.Of(target, route, route.Hosts.Count > 0 ? named : [.. named, .. unnamed]);
        return new(route, doubt is null ? rest : rest with { Doubts = [doubt, .. rest.Doubts] });
    }

    /// <summary>
    /// The route of a call that was read for the route <paramref name="id"/> under other rules: null when it would be another's by now, or
    /// would be read there as another call, or not at all. A longer prefix, a host, a header's new meaning, a smaller body or a place that no
    /// key is taken from any more counts for calls on their way, too.
    /// </summary>
    public Route? RouteAgain(string id, ApiAction action)
    {
        var (route, head) = (Routes.FirstOrDefault(route => route.Id == id), action.Head);
        if (route is null || action.Body is ActionBody.Whole whole && Math.Max(whole.Bytes.Length, whole.Document.Length) > route.Reading.MaxBody) return null;
        if (head.Address is not { } address) return route;
        return address.Keys.All(route.Reading.AgentKeys.Contains)
            && RouteOf(address.Authority, address.Target) is { } match && match.Route.Id == id && match.Target.Raw == head.Target.Raw
            && match.Target.Doubts.All(doubt => head.Doubts.Any(known => known.Kind == doubt.Kind))
            && EndToEnd.Of(head.Headers, route.Reading.AgentKeys).Count == head.Headers.Count
            && LookAlikes.On(route.Reading, head.Headers) is null
            ? route
            : null;
    }

    /// <summary>Whether the path would be a route's under another host: what is wrong with the call then is its Host.</summary>
    public bool KnowsUnderOtherHost(CanonicalTarget target) => Longest(target, Routes.Where(route => route.Hosts.Count > 0)) is not null;

    /// <summary>Decides. Pure: the same arguments give the same result for ever.</summary>
    /// <param name="at">What the decision's clock says, since rules may name times; null for a call that is only described, and at no time.</param>
    public Bound Decide(Route route, Caller caller, ApiAction action, DateTimeOffset? at)
    {
        var adjudication = new Adjudication(route, route.Around(caller, action, at));
        var credential = adjudication.Credential;
        var digest = ActionDigest.Over(caller, route.Id, action, route.Upstream, credential, route.Reading);
        return new(new(caller, route.Id, action, route.Upstream, credential, digest), adjudication.Decision, Hash) { At = at };
    }

    private static Route? Longest(CanonicalTarget target, IEnumerable<Route> routes) =>
        routes.Where(route => StartsWith(target.Raw, route.Prefix)).MaxBy(route => route.Prefix.Length);

    // Compared as it was sent: a prefix in another spelling is another path to the upstreams behind it.
    private static bool StartsWith(string raw, string prefix) =>
        prefix == "/" || (raw.StartsWith(prefix, StringComparison.Ordinal) && (raw.Length == prefix.Length || raw[prefix.Length] is '/' or '?'));
}
