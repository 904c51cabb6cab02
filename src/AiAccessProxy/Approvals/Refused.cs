using AiAccessProxy.Agents;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals;

/// <summary>Why an identified, readable call was not sent.</summary>
internal abstract record Refused
{
    private Refused()
    {
    }

    /// <summary>Id of the record that says so; null when no record of its own was written (a joined waiter).</summary>
    public Guid? Record { get; init; }

    /// <summary>What a call that was not sent is told of its ticket; of one that is executing, that it is (<see cref="AlreadyExecuted"/>).</summary>
    public static Refused Of(Ticket ticket) => ticket.Status switch
    {
        TicketStatus.Pending or TicketStatus.Approved => new StillPending(ticket),
        TicketStatus.Denied or TicketStatus.Expired or TicketStatus.Lapsed or TicketStatus.Cancelled => new Ended(ticket),
        _ => new AlreadyExecuted(ticket),
    };

    /// <summary>A rule, or the absence of one, denies it.</summary>
    public sealed record Denied(Decision.Deny Decision) : Refused;

    /// <summary>Approval is needed and these claims are missing; no ticket was opened.</summary>
    public sealed record ContextRequired(IReadOnlyList<ClaimName> Missing, IReadOnlyList<MatchedRule> Rules) : Refused;

    /// <summary>Approval is needed, and what reviewers would have to be told does not fit into a ticket; none was opened.</summary>
    public sealed record TicketTooLarge(IReadOnlyList<MatchedRule> Rules) : Refused;

    /// <summary>The hold ended and nobody has decided.</summary>
    public sealed record StillPending(Ticket Ticket) : Refused;

    /// <summary>The ticket ended without the call: denied, expired, lapsed or cancelled.</summary>
    public sealed record Ended(Ticket Ticket) : Refused;

    /// <summary>The identical call was sent under its ticket: executed, failed, unknown or still executing.</summary>
    public sealed record AlreadyExecuted(Ticket Ticket) : Refused;

    /// <summary>The same Idempotency-Key came with another call.</summary>
    public sealed record KeyReused(Ticket Ticket) : Refused;

    /// <summary>Somebody stopped the agent. Its tickets stay as they are.</summary>
    public sealed record AgentSuspended(Suspension Suspension) : Refused;

    /// <summary>The agent has as many of <paramref name="What"/> as it may (<c>pending tickets</c>, <c>held calls</c>).</summary>
    public sealed record TooMany(string What, int Limit) : Refused
    {
        /// <summary>All agents together have them: it is not this one's doing.</summary>
        public bool InAll { get; init; }
    }
}
