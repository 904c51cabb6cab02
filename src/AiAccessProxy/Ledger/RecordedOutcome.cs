namespace AiAccessProxy.Ledger;

/// <summary>What became of a call. <see cref="Status"/> is the upstream's; sizes in bytes; duration in milliseconds.</summary>
internal sealed record RecordedOutcome(
    int? Status, long? ResponseBytes, double DurationMs, bool? Delivered = null, string? BodySha256 = null, string? Why = null);
