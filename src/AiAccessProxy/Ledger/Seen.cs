namespace AiAccessProxy.Ledger;

/// <summary>A register, and the revision up to which somebody knows it.</summary>
internal readonly record struct Seen(RegisterId Id, long Revision);
