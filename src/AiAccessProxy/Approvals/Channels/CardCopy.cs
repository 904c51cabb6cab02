namespace AiAccessProxy.Approvals.Channels;

/// <summary>One copy of a ticket's card, to be shown in one place to everybody there.</summary>
/// <param name="Nonce">Made for this copy alone: whatever comes back from a card says of which copy.</param>
internal sealed record CardCopy(Sight Sight, string Nonce);
