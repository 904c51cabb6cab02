namespace AiAccessProxy.Ledger;

/// <summary>A small state that changes only together with the record that says so.</summary>
/// <param name="Revision">1 after creation, one more with every move.</param>
/// <param name="State">The owner's bytes; at most 1 MiB.</param>
/// <param name="IsLive">False once a move ended it.</param>
internal sealed record Register(RegisterId Id, long Revision, ReadOnlyMemory<byte> State, bool IsLive);
