namespace AiAccessProxy.Approvals;

/// <summary>
/// Where a ticket stands. The edges are those of <see cref="TicketMoves"/> and no others:
/// pending → approved | denied | expired | cancelled; approved → executing | lapsed | cancelled; executing → executed | failed | unknown.
/// </summary>
internal enum TicketStatus
{
    Pending,
    Approved,
    Executing,
    Executed,
    Failed,
    Unknown,
    Denied,
    Expired,
    Lapsed,
    Cancelled,
}
