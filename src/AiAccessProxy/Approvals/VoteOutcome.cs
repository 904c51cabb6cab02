using AiAccessProxy.Agents;

namespace AiAccessProxy.Approvals;

/// <summary>What became of a ballot.</summary>
internal abstract record VoteOutcome
{
    private VoteOutcome()
    {
    }

    /// <summary>The vote is on record; <paramref name="Ticket"/> is how the ticket stands now.</summary>
    public sealed record Counted(Ticket Ticket) : VoteOutcome
    {
        /// <summary>Of its register.</summary>
        public long Revision { get; init; }
    }

    /// <summary>No ticket of that id.</summary>
    public sealed record NoTicket : VoteOutcome;

    /// <summary>The ticket is no longer pending; nothing changed.</summary>
    public sealed record Finished(Ticket Ticket) : VoteOutcome;

    /// <summary>This person may not decide this ticket; <paramref name="Why"/> says so in words for them.</summary>
    public sealed record NotEntitled(Ticket Ticket, string Why) : VoteOutcome;

    /// <summary>An approval by the agent's owner, by whom it acts for, or by somebody who made a key of it. On record as an attempt.</summary>
    public sealed record SelfApproval(Ticket Ticket, string Why) : VoteOutcome;

    /// <summary>The person has voted already.</summary>
    public sealed record AlreadyVoted(Ticket Ticket) : VoteOutcome;

    /// <summary>Part of the call cannot be shown, so nobody can approve it; it can be denied.</summary>
    public sealed record NotWhollyShown(Ticket Ticket) : VoteOutcome;

    /// <summary>The agent is suspended: nothing of it is approved until somebody resumes it. It can be denied.</summary>
    public sealed record AgentSuspended(Ticket Ticket, Suspension Suspension) : VoteOutcome;

    /// <summary>Something happened to the ticket since the revision that the ballot was meant for; nothing changed.</summary>
    public sealed record Stale(Ticket Ticket) : VoteOutcome;
}
