namespace AiAccessProxy.Control.Api.Shapes;

/// <summary>What is sent to make a key.</summary>
/// <param name="OnBehalfOf">
/// Id of the person whom the agent acts for with this key, null for nobody; only as a key of it in <c>agents.yaml</c> does.
/// </param>
/// <param name="Expires">From when it is no key; null: never.</param>
internal sealed record KeyBody(string? OnBehalfOf = null, DateTimeOffset? Expires = null);
