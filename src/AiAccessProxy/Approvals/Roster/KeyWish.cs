using AiAccessProxy.Agents;

namespace AiAccessProxy.Approvals.Roster;

/// <summary>A key that somebody wants to have made.</summary>
/// <param name="Key">As it would be kept: its text is not known here.</param>
/// <param name="Request">Makes a repeat of the request recognizable; null when nothing does.</param>
internal sealed record KeyWish(AgentKey Key, string By, string? Request);
