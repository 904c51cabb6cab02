namespace AiAccessProxy.EndToEnd.Planes;

/// <summary>Every way to come to the agent plane.</summary>
internal static class AgentSide
{
    /// <summary>Where an agent's key may stand, as a route says it; each has a route of its own.</summary>
    public static readonly string[] Sources = ["ai-access-token", "authorization", "x-api-key", "api-key", "basic-password"];

    public static IEnumerable<(HttpMethod Method, string Target)> Endpoints(string ticket) =>
    [
        .. Sources.Select(source => $"by-{source}").Append("things").SelectMany(route => new[] { (HttpMethod.Get, $"/{route}/x"), (HttpMethod.Delete, $"/{route}/x") }),
        (HttpMethod.Get, $"/.ai-access/tickets/{ticket}"),
        (HttpMethod.Post, $"/.ai-access/tickets/{ticket}/cancel"),
        // What would decide on the other plane.
        (HttpMethod.Post, $"/api/v1/tickets/{ticket}/votes"),
        (HttpMethod.Get, "/api/v1/tickets"),
        (HttpMethod.Get, "/"),
        (HttpMethod.Get, $"/tickets/{ticket}"),
        (HttpMethod.Post, $"/.ai-access/tickets/{ticket}/votes"),
    ];
}
