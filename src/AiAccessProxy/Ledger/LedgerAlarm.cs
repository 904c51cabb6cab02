namespace AiAccessProxy.Ledger;

/// <summary>Something about the store that an operator has to look into although it records.</summary>
/// <param name="Since">When it was first seen.</param>
/// <param name="Why">In words for the operator.</param>
/// <param name="Until">From when on it is no longer told; null as long as the process lives.</param>
internal sealed record LedgerAlarm(DateTimeOffset Since, string Why, DateTimeOffset? Until = null);
