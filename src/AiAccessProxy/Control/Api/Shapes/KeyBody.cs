namespace AiAccessProxy.Control.Api.Shapes;

/// <param name="OnBehalfOf">Id of the person whom the agent acts for with this key; only one whom a key of it in <c>agents.yaml</c> names.</param>
internal sealed record KeyBody(string? OnBehalfOf = null, DateTimeOffset? Expires = null);
