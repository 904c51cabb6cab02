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

    /// <summary>Calls that may be held at once in all; never fewer than of one agent.</summary>
    public int MaxHeld { get; set; } = 5000;

    /// <summary><see cref="MaxHeld"/>, and not below <see cref="MaxHeldPerAgent"/>.</summary>
    internal int HeldInAll => Math.Max(MaxHeld, MaxHeldPerAgent);

    /// <summary>The first byte of a privileged call leaves within this time of asking for the edge, or not at all.</summary>
    public TimeSpan SendWithin { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a sender is believed to be alive without renewing.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>For how long ended tickets can be looked up one by one; the ledger keeps their records for ever.</summary>
    public TimeSpan KeepEnded { get; set; } = TimeSpan.FromDays(7);

    /// <summary>What is wrong with these settings, each in words an operator can act on.</summary>
    public IEnumerable<string> Problems()
    {
        if (RepeatWindow < TimeSpan.Zero) yield return "approvals:repeatWindow: must not be negative";
        if (KeyWindow < RepeatWindow) yield return $"approvals:keyWindow: {KeyWindow} is below approvals:repeatWindow, {RepeatWindow}";
        if (MaxTicketsPerAgent < 1) yield return "approvals:maxTicketsPerAgent: must be at least 1";
        if (MaxHeldPerAgent < 1) yield return "approvals:maxHeldPerAgent: must be at least 1";
        if (MaxHeld < 1) yield return "approvals:maxHeld: must be at least 1";
        if (SendWithin <= TimeSpan.Zero) yield return "approvals:sendWithin: must be above zero";
        if (Lease < TimeSpan.FromSeconds(3)) yield return "approvals:lease: must be at least 3 seconds; it is renewed once a second at most";
        if (SendWithin >= Lease) yield return $"approvals:sendWithin: {SendWithin} is not below approvals:lease, {Lease}";
        if (KeepEnded <= TimeSpan.Zero) yield return "approvals:keepEnded: must be above zero";
    }
}
