namespace AiAccessProxy.Approvals;

/// <summary>One reviewer's answer, as it was counted.</summary>
internal sealed record Vote(string Person, bool Approve, string? Reason, DateTimeOffset At, string Channel, string Authenticated)
{
    /// <summary>Of the span in which it was counted; null when nobody looked.</summary>
    public string? Traceparent { get; init; }
}
