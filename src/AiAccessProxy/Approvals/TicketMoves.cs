namespace AiAccessProxy.Approvals;

/// <summary>The edges of a ticket, as pure functions.</summary>
internal static class TicketMoves
{
}
