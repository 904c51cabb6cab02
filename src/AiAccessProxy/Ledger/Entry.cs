namespace AiAccessProxy.Ledger;

/// <summary>A record where it stands, with the store's time and the exact bytes that are kept.</summary>
internal sealed record Entry(Position Position, DateTimeOffset StoredAt, LedgerRecord Record, ReadOnlyMemory<byte> Stored);
