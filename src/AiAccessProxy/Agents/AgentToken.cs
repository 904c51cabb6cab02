namespace AiAccessProxy.Agents;

/// <summary>Which tokens prove an agent: those of an issuer, by its id, that make all of these claims.</summary>
internal sealed record AgentToken(string Issuer, IReadOnlyDictionary<string, string> Claims);
