namespace AiAccessProxy.Approvals.Channels;

/// <summary>One reviewer's answer on a card.</summary>
/// <param name="Unverified">Whoever it was proved nothing (a local sign-in).</param>
internal sealed record CardVote(SafeText Person, bool Approve, SafeText? Reason, DateTimeOffset At, string Channel, bool Unverified);
