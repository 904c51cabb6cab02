namespace AiAccessProxy.Ledger;

/// <summary>Who decided, through which channel, and how they proved who they are.</summary>
internal sealed record RecordedReviewer(string Id, string Channel, string Authenticated);
