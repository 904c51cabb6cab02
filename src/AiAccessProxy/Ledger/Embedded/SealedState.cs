namespace AiAccessProxy.Ledger.Embedded;

/// <summary>The state of a live register as it lies on disk: readable only with the key in that slot of the vault.</summary>
internal sealed record SealedState(int Slot, byte[] Bytes);
