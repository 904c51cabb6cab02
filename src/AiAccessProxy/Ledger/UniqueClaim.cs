namespace AiAccessProxy.Ledger;

/// <summary>
/// A move's claim on a unique key. It holds when nobody has the key, the moved register has it already, or <paramref name="InsteadOf"/>
/// has it and has ended; anybody else makes the commit a <see cref="Outcome.Conflict"/> with the holder.
/// </summary>
internal readonly record struct UniqueClaim(UniqueKey Key, RegisterId? InsteadOf = null);
