namespace AiAccessProxy.Ledger;

/// <summary>A register that the change depends on but does not move. Revision 0: it must not exist.</summary>
internal readonly record struct Check(RegisterId Id, long Revision);
