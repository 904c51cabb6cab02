namespace AiAccessProxy.Approvals;

/// <summary>One reviewer's answer, as it was counted.</summary>
internal sealed record Vote(string Person, bool Approve, string? Reason, DateTimeOffset At, string Channel, string Authenticated);
