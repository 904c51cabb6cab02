namespace AiAccessProxy.Control.Api.Shapes;

/// <summary>A personal key. Neither its text nor its hash is told.</summary>
internal sealed record PersonKeyJson(string Id, DateTimeOffset? Expires, bool Live);
