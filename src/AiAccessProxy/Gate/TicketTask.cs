using System.Text.Json.Serialization;
using AiAccessProxy.Approvals;

namespace AiAccessProxy.Gate;

/// <summary>
/// A ticket as its agent sees it: the task of the OpenID AuthZEN access request profile. It tells how the request stands, never who decides.
/// </summary>
internal sealed record TicketTask(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("execution")] string Execution,
    [property: JsonPropertyName("executed")] bool Executed,
    [property: JsonPropertyName("expires_at")] DateTimeOffset ExpiresAt,
    [property: JsonPropertyName("status_endpoint")] Uri StatusEndpoint,
    [property: JsonPropertyName("links")] TicketLinks Links)
{
    /// <summary>For an executed call: when, under which record, and what the upstream said.</summary>
    [JsonPropertyName("result"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TicketResult? Result { get; init; }

    /// <summary>Why it ended, in words.</summary>
    [JsonPropertyName("reason"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    public static TicketTask Of(Ticket ticket, PlaneAddress plane)
    {
        var status = plane.StatusOf(ticket.Id.Value);
        return new(
            ticket.Id.Value,
            StatusWord(ticket.Status),
            ExecutionWord(ticket.Status),
            ticket.Status == TicketStatus.Executed,
            ticket.UseBy ?? ticket.DecideBy,
            status,
            new(status, plane.CancelOf(ticket.Id.Value)))
        {
            Result = ticket.Execution is { } run ? new(run.Started, run.Ended, run.Record, run.Status) : null,
            Reason = ticket.EndedBecause,
        };
    }

    private static string StatusWord(TicketStatus status) => status switch
    {
        TicketStatus.Pending => "pending",
        TicketStatus.Denied => "denied",
        TicketStatus.Expired or TicketStatus.Lapsed => "expired",
        TicketStatus.Cancelled => "cancelled",
        TicketStatus.Failed => "failed",
        _ => "approved",
    };

    private static string ExecutionWord(TicketStatus status) => status switch
    {
        TicketStatus.Executing => "executing",
        TicketStatus.Executed => "executed",
        TicketStatus.Failed => "failed",
        TicketStatus.Unknown => "unknown",
        _ => "none",
    };
}
