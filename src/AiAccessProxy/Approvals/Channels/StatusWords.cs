namespace AiAccessProxy.Approvals.Channels;

/// <summary>How a ticket stands, in the house's words on every card.</summary>
internal static class StatusWords
{
    public static string Of(TicketStatus status) => status switch
    {
        TicketStatus.Pending => "Waits for approval",
        TicketStatus.Approved => "Approved, not yet sent",
        TicketStatus.Executing => "Approved, being sent",
        TicketStatus.Executed => "Approved, sent and answered",
        TicketStatus.Failed => "Approved, but not sent",
        TicketStatus.Unknown => "Approved, outcome unknown",
        TicketStatus.Denied => "Denied",
        TicketStatus.Expired => "Expired: nobody decided in time",
        TicketStatus.Lapsed => "Approved, but not used in time",
        TicketStatus.Cancelled => "Cancelled",
        _ => throw new InvalidOperationException($"No words are known for {status}."),
    };
}
