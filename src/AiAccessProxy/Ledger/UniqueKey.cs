namespace AiAccessProxy.Ledger;

/// <summary>A name that at most one register holds at a time, so that identical calls find the same ticket.</summary>
internal readonly record struct UniqueKey(string Value);
