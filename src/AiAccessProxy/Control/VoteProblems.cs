using AiAccessProxy.Approvals;
using AiAccessProxy.Control.Pages;

namespace AiAccessProxy.Control;

/// <summary>Why a vote did not count, each way with a status of its own.</summary>
internal static class VoteProblems
{
    public static ControlProblem ReasonRequired { get; } = new(
        400, "reason-required", "A denial needs a reason", "Say why: the agent is told, and the next person who reads the record will want to know.");

    public static ControlProblem ReasonTooLong { get; } = new(
        400, "reason-too-long", "The reason is too long", $"Say it in at most {DecisionPanel.MaxReason} characters.");

    public static ControlProblem ConfirmationRequired { get; } = new(
        400, "confirmation-required", "Confirm it",
        "This call is critical: tick that you have read all of it and want it to happen. Nothing was done.");

    public static ControlProblem NoVote { get; } = new(
        400, "bad-request", "This cannot be understood", "A vote is approve or deny.");

    public static ControlProblem Of(VoteOutcome outcome) => outcome switch
    {
        VoteOutcome.Finished(var ticket) => new(
            409, "finished", "Decided already",
            $"This ticket is no longer open ({Words.Of(ticket.Status).ToLowerInvariant()}). Your vote changed nothing."),
        VoteOutcome.NotEntitled(_, var why) => new(403, "not-entitled", "Not yours to decide", why),
        VoteOutcome.SelfApproval(_, var why) => new(403, "self-approval", "Nobody approves their own call", why),
        VoteOutcome.AlreadyVoted => new(409, "already-voted", "You have voted", "You have voted on this ticket already. The first vote stands."),
        VoteOutcome.NotWhollyShown => new(
            409, "not-wholly-shown", "Nobody can approve this", "Part of the call cannot be shown, so nobody can approve it. It can be denied."),
        VoteOutcome.Stale => new(
            412, "stale", "The ticket changed", "Something happened to this ticket since the revision that you named. Nothing was done: read it again, then decide."),
        VoteOutcome.AgentSuspended(_, var suspension) => new(
            409, "agent-is-suspended", "The agent is suspended",
            $"{suspension.By} suspended this agent: nothing of it can be approved until it is resumed. It can be denied."),
        VoteOutcome.NoTicket => ControlProblem.NoTicket,
        _ => throw new InvalidOperationException($"{outcome.GetType().Name} is no problem."),
    };
}
