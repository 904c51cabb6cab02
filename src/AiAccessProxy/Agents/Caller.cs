namespace AiAccessProxy.Agents;

/// <summary>Who is calling, for whom, and how that was established (<c>key:k1</c>).</summary>
internal sealed record Caller(Agent Agent, string? OnBehalfOf, string AuthenticatedBy);
