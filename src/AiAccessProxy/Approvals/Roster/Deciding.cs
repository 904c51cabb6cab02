using AiAccessProxy.People;

namespace AiAccessProxy.Approvals.Roster;

/// <summary>Who decides something about an agent, through which channel, and how they proved who they are.</summary>
internal sealed record Deciding(Person Person, string Channel, string Authenticated);
