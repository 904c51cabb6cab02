using AiAccessProxy.Approvals.Channels;
using AiAccessProxy.Approvals.Roster;
using AiAccessProxy.Approvals.Teams.Inbound;

namespace AiAccessProxy.Approvals.Teams.Chat;

/// <summary>Suspends an agent by a word in the chat, for its owner and operators. Resuming takes the console.</summary>
internal sealed class SuspendWords(RosterDesk desk)
{
    private const int Room = 120;

    public async ValueTask<IReadOnlyList<string>> SuspendAsync(Sender.Known by, string agent, string? why) =>
        await desk.SuspendAsync(agent, new(by.Person, TeamsChannel.Name, by.Authenticated), why) switch
        {
            RosterOutcome.Done { Changed: true } => [$"{Named(agent)} is suspended: no call of it passes, and nothing of it is approved, until an operator resumes it."],
            RosterOutcome.Done => [$"{Named(agent)} was suspended already."],
            RosterOutcome.NotEntitled(var reason) => [reason],
            RosterOutcome.NoAgent => [$"There is no agent {Named(agent)}."],
            var other => throw new InvalidOperationException($"Suspending never comes to {other.GetType().Name}."),
        };

    private static string Named(string agent) => SafeText.Of(agent, Room).Text;
}
