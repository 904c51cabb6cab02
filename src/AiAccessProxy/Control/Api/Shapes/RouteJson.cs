using AiAccessProxy.Control.Reading;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Control.Api.Shapes;

/// <summary>A route in force.</summary>
/// <param name="Default">What happens to a call that no rule matches.</param>
/// <param name="Credential">Id of the credential that is added; null when none is.</param>
internal sealed record RouteJson(
    string Id, string Prefix, IReadOnlyList<string> Hosts, string? Environment, string Upstream, Effect Default, string? Credential,
    IReadOnlyList<RuleJson> Rules)
{
    public static RouteJson Of(Route route, Today today) => new(
        route.Id, route.Prefix, [.. route.Hosts.Select(host => host.ToString())], route.Environment,
        route.Upstream.Origin.GetLeftPart(UriPartial.Authority), route.Default, route.Credential?.Id,
        [.. route.RulesById.Select(rule => RuleJson.Of(route, rule, today))]);
}
