namespace AiAccessProxy.Approvals;

/// <summary>The one use of an approval.</summary>
/// <param name="Record">Id of the record that took the ticket to executing: what <c>AiAccess-Record</c> says.</param>
/// <param name="Lease">Until when the sender is believed to be alive; it renews this while it runs.</param>
internal sealed record Execution(
    Guid Record, string Instance, DateTimeOffset Started, DateTimeOffset Lease, DateTimeOffset? Ended, int? Status, bool Delivered, string? Why);
