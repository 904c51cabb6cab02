namespace AiAccessProxy.Ledger;

/// <summary>
/// A name that at most one register holds at a time, so that identical calls find the same ticket. It is stored as it is and outlives the register
/// in the store: a hash or an id, nothing that must be erased.
/// </summary>
internal readonly record struct UniqueKey(string Value);
