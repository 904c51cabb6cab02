using System.ComponentModel;
using AiAccessProxy.Settings;

namespace AiAccessProxy.Approvals;

/// <summary>Settings of the room, section <c>approvals</c>.</summary>
internal sealed class ApprovalOptions : ISettings
{
    public static string Section => "approvals";

    [Description("For how long an executed call answers its identical repeat, when no waiter received the answer whole, and a denial every identical repeat.")]
    public TimeSpan RepeatWindow { get; set; } = TimeSpan.FromMinutes(10);

    [Description("For how long an executed call answers repeats with the same Idempotency-Key.")]
    public TimeSpan KeyWindow { get; set; } = TimeSpan.FromHours(24);

    [Description("Pending, approved and executing tickets an agent may have at once.")]
    public int MaxTicketsPerAgent { get; set; } = 100;

    [Description("Calls of one agent that may be held at once.")]
    public int MaxHeldPerAgent { get; set; } = 200;

    [Description("Calls that may be held at once in all; not below those of one agent.")]
    public int MaxHeld { get; set; } = 5000;

    /// <summary><see cref="MaxHeld"/>, and not below <see cref="MaxHeldPerAgent"/>.</summary>
    internal int HeldInAll => Math.Max(MaxHeld, MaxHeldPerAgent);

    [Description("The first byte of a privileged call leaves within this time of asking for the edge, or not at all.")]
    public TimeSpan SendWithin { get; set; } = TimeSpan.FromSeconds(2);

    [Description("How long a sender is believed to be alive without renewing.")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(15);

    [Description("How long `/readyz` says that this instance leaves, once it was told to stop, before held calls are answered and listeners close: as long as a balancer needs to notice.")]
    public TimeSpan Drain { get; set; } = TimeSpan.Zero;

    [Description("For how long ended tickets can be looked up one by one; the ledger keeps their records for ever.")]
    public TimeSpan KeepEnded { get; set; } = TimeSpan.FromDays(7);

    public IEnumerable<string> Problems()
    {
        if (RepeatWindow < TimeSpan.Zero) yield return "approvals:repeatWindow: must not be negative";
        if (KeyWindow < RepeatWindow) yield return $"approvals:keyWindow: {Quantity.Words(KeyWindow)} is below approvals:repeatWindow, {Quantity.Words(RepeatWindow)}";
        if (MaxTicketsPerAgent < 1) yield return "approvals:maxTicketsPerAgent: must be at least 1";
        if (MaxHeldPerAgent < 1) yield return "approvals:maxHeldPerAgent: must be at least 1";
        if (MaxHeld < 1) yield return "approvals:maxHeld: must be at least 1";
        if (SendWithin <= TimeSpan.Zero) yield return "approvals:sendWithin: must be above zero";
        if (Lease < TimeSpan.FromSeconds(3)) yield return "approvals:lease: must be at least 3 seconds; it is renewed once a second at most";
        if (SendWithin >= Lease) yield return $"approvals:sendWithin: {Quantity.Words(SendWithin)} is not below approvals:lease, {Quantity.Words(Lease)}";
        if (Drain < TimeSpan.Zero || Drain > TimeSpan.FromMinutes(10)) yield return $"approvals:drain: {Quantity.Words(Drain)} is not between 0s and 10m";
        if (KeepEnded <= TimeSpan.Zero) yield return "approvals:keepEnded: must be above zero";
    }
}
