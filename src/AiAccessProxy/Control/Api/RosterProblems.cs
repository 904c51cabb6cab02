using AiAccessProxy.Approvals.Roster;

namespace AiAccessProxy.Control.Api;

/// <summary>Why nothing was decided about an agent, each way with a kind of its own.</summary>
internal static class RosterProblems
{
    public static ControlProblem NoAgent { get; } = new(404, "no-agent", "No such agent", "There is no agent of this id in agents.yaml.");

    public static ControlProblem NoKey { get; } = new(404, "no-key", "No such key", "The agent has no key of this id.");

    public static ControlProblem Of(RosterOutcome outcome) => outcome switch
    {
        RosterOutcome.NoAgent => NoAgent,
        RosterOutcome.NoKey => NoKey,
        RosterOutcome.NotEntitled(var why) => new(403, "operators-only", "Not yours to decide", why),
        RosterOutcome.NotGranted(var person) => new(
            403, "not-granted", "The agent may not act for them",
            $"No key of this agent in agents.yaml acts for {person ?? "nobody"}, so none that is made here may. Change agents.yaml first."),
        RosterOutcome.Expired => ControlProblem.BadRequest("expires: name a time that is still to come."),
        RosterOutcome.AlreadyMade(var key) => new(
            409, "already-made", "This request made a key before",
            $"It made the key {key}, which was shown then and is not shown again. If it was lost, revoke it and make another with a new Idempotency-Key."),
        RosterOutcome.KeyEnded => new(409, "key-ended", "The key has ended", "It proves nobody any more. Make a new key instead."),
        RosterOutcome.Rotating(var other) => new(
            409, "rotating", "The key is being rotated",
            $"The key {other} of the same chain is good beside it already, and no more than two are. Revoke the one that is not needed first."),
        RosterOutcome.TooManyKeys(var limit) => new(
            409, "too-many-keys", "Too many keys", $"The agent has {limit} keys that were made here. Revoke some that are not needed."),
        _ => throw new InvalidOperationException($"{outcome.GetType().Name} is no problem."),
    };
}
