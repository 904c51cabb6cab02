namespace AiAccessProxy.Approvals.Channels;

/// <summary>The cards of a ticket as they stand in the ledger, and the revision of their register.</summary>
internal sealed record TrackStanding(CardTrack Track, long Revision, bool IsLive);
