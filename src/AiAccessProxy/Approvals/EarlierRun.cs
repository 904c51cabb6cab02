namespace AiAccessProxy.Approvals;

/// <summary>An earlier ticket for the identical call: when it was opened and how it ended.</summary>
internal sealed record EarlierRun(string Ticket, DateTimeOffset Opened, TicketStatus Ended, int? UpstreamStatus);
