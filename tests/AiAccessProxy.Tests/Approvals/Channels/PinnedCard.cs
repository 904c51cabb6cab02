using AiAccessProxy.Approvals;

namespace AiAccessProxy.Tests.Approvals.Channels;

/// <summary>A card as it hangs on the wall.</summary>
internal sealed record PinnedCard(string Place, string Address, string Nonce, TicketId Ticket, TicketStatus Status, int Votes, int Updates = 0);
