namespace AiAccessProxy.Control.Api.Shapes;

/// <param name="Next">What to send as <c>cursor</c> for more; null when there is none.</param>
internal sealed record AgentListJson(IReadOnlyList<AgentJson> Agents, string? Next);
