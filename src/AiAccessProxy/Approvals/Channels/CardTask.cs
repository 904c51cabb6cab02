using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals.Channels;

/// <summary>Something to be shown now.</summary>
/// <param name="Address">Of the card to change; null: it is to be shown for the first time.</param>
/// <param name="Before">What the card said until now, as far as is known.</param>
internal sealed record CardTask(NotifyPlace Place, string Nonce, string? Address, long Before);
