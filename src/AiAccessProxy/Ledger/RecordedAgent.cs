namespace AiAccessProxy.Ledger;

/// <summary>The agent of a record, and how it proved itself; null when it is not the agent that did something.</summary>
internal sealed record RecordedAgent(string Id, string Owner, string? OnBehalfOf, string? Authenticated);
