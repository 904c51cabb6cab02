using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals.Teams;

/// <summary>What the channel is called: in votes, records and <c>notify</c>.</summary>
internal static class TeamsChannel
{
    public const string Name = NotifyPlace.Teams;
}
