namespace AiAccessProxy.People;

/// <summary>A personal key for the control plane, known only as the lower-case hex SHA-256 of its UTF-8 text.</summary>
internal sealed record PersonKey(string Id, string Sha256, DateTimeOffset? Expires);
