namespace AiAccessProxy.Agents;

/// <summary>
/// One key of an agent, known only as the lower-case hex SHA-256 of its UTF-8 text.
/// <see cref="OnBehalfOf"/> is the id of the person the agent acts for when it calls with this key.
/// </summary>
internal sealed record AgentKey(string Id, string Sha256, DateTimeOffset? Expires, string? OnBehalfOf);
