namespace AiAccessProxy.Ledger.Redis;

/// <summary>What the store says of a register; empty texts when there is none. Nothing of it is believed before it was opened.</summary>
internal sealed record FoundRegister(string Name, string Revision, byte[] Envelope)
{
    public bool IsThere => Revision.Length > 0;
}
