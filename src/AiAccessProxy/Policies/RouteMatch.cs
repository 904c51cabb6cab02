using AiAccessProxy.Actions;

namespace AiAccessProxy.Policies;

/// <summary>The route of a call and the target that is left once the route's prefix is removed.</summary>
internal sealed record RouteMatch(Route Route, CanonicalTarget Target);
