using AiAccessProxy.Approvals.Teams.Inbound;

namespace AiAccessProxy.Approvals.Teams.Install;

/// <summary>A conversation in which the bot is, or was: the reference by which it can say something there.</summary>
/// <param name="IsThere">False once the bot was removed.</param>
/// <param name="Since">When that was heard.</param>
internal sealed record KnownConversation(Conversation In, Surroundings Around, bool IsThere, DateTimeOffset Since);
