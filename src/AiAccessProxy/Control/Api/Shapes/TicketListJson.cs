namespace AiAccessProxy.Control.Api.Shapes;

/// <param name="Next">What to send as <c>cursor</c> for more; null when there is none.</param>
internal sealed record TicketListJson(IReadOnlyList<TicketJson> Tickets, string? Next);
