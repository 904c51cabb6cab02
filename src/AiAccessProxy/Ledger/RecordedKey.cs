namespace AiAccessProxy.Ledger;

/// <summary>The agent's key that a record is about. <paramref name="InsteadOf"/>: id of the key that it replaces.</summary>
internal sealed record RecordedKey(string Id, DateTimeOffset? Expires = null, string? OnBehalfOf = null, string? InsteadOf = null);
