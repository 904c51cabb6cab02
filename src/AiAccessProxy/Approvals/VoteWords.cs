namespace AiAccessProxy.Approvals;

/// <summary>Why a ballot did not count, in words for whoever cast it and for the record.</summary>
internal static class VoteWords
{
    /// <exception cref="InvalidOperationException">It counted.</exception>
    public static string Of(VoteOutcome outcome) => outcome switch
    {
        VoteOutcome.Finished(var ticket) => $"The ticket is no longer pending: it is {Records.Lower(ticket.Status)}.",
        VoteOutcome.NotEntitled(_, var why) => why,
        VoteOutcome.SelfApproval(_, var why) => why,
        VoteOutcome.AlreadyVoted => "You have voted on this ticket already; everybody counts once.",
        VoteOutcome.NotWhollyShown => "Part of this call cannot be shown, so nobody can approve it. It can be denied.",
        VoteOutcome.Stale => "Something happened to the ticket since you read it; read it again.",
        VoteOutcome.AgentSuspended(_, var suspension) =>
            $"The agent was suspended by {suspension.By}: nothing of it can be approved until it is resumed. It can be denied.",
        VoteOutcome.NoTicket => "There is no ticket with this id.",
        _ => throw new InvalidOperationException($"{outcome.GetType().Name} is no objection."),
    };
}
