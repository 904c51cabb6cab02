namespace AiAccessProxy.Approvals;

/// <summary>A ticket as it stands in the ledger, and the revision of its register.</summary>
internal sealed record Standing(Ticket Ticket, long Revision);
