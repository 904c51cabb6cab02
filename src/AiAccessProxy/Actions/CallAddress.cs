namespace AiAccessProxy.Actions;

/// <summary>What a call was addressed to, before its route was known: its host, and its target with the route's prefix.</summary>
internal sealed record CallAddress(Authority Authority, CanonicalTarget Target);
