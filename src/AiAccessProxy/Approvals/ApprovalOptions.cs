namespace AiAccessProxy.Approvals;

/// <summary>Settings of the room, section <c>approvals</c>.</summary>
internal sealed class ApprovalOptions
{
    /// <summary>For how long an executed call answers its identical repeat, when no waiter received the answer whole.</summary>
    public TimeSpan RepeatWindow { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>For how long an executed call answers repeats with the same Idempotency-Key.</summary>
    public TimeSpan KeyWindow { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Pending, approved and executing tickets an agent may have at once.</summary>
    public int MaxTicketsPerAgent { get; set; } = 100;

    /// <summary>Calls of one agent that may be held at once.</summary>
    public int MaxHeldPerAgent { get; set; } = 200;

    /// <summary>The first byte of a privileged call leaves within this time of asking for the edge, or not at all.</summary>
    public TimeSpan SendWithin { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a sender is believed to be alive without renewing.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>For how long ended tickets can be looked up one by one; the ledger keeps their records for ever.</summary>
    public TimeSpan KeepEnded { get; set; } = TimeSpan.FromDays(7);
}
