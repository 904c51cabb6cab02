namespace AiAccessProxy.Ledger.Redis;

/// <summary>A register whose envelope was sealed by one of us. Whether it is the one that stands is for the stream to say.</summary>
/// <param name="Seal">By which the stream names this very state.</param>
internal sealed record OpenRegister(RegisterHeader Header, byte[] State, string Seal);
