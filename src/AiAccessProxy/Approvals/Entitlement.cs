using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals;

/// <summary>Who may decide a ticket, by the people and agents in force now, not by those of when it was opened.</summary>
internal static class Entitlement
{
    /// <summary>
    /// The person answers for the agent: its owner, when the ticket was opened or now, the one it acts for, or somebody who made a key of it that
    /// was good at any time since then, and so could have made the call. Such a person's vote never counts; see <c>docs/decisions/0006</c>
    /// and <c>0017</c>.
    /// </summary>
    public static bool AnswersForAgent(Ticket ticket, string person, PolicySnapshot rules) =>
        person == ticket.Agent.Owner || person == ticket.Agent.OnBehalfOf || person == rules.Agents.Find(ticket.Agent.Id)?.Owner
        || HoldsKey(ticket, person, rules);

    /// <summary>A known person whom at least one need of the ticket means.</summary>
    public static bool IsReviewer(Ticket ticket, string person, PolicySnapshot rules) =>
        rules.People.Find(person) is not null
        && ticket.Needs.Any(need => need.From.Any(reference => rules.People.Matches(reference, person)));

    /// <summary>Whether the approvals among <paramref name="votes"/> that count now meet every need.</summary>
    public static bool IsMet(Ticket ticket, IEnumerable<Vote> votes, PolicySnapshot rules) => Quorum.IsMet(
        ticket.Needs,
        votes.Where(vote => vote.Approve && !AnswersForAgent(ticket, vote.Person, rules) && rules.People.Find(vote.Person) is not null)
            .Select(vote => vote.Person),
        rules.People.Matches);

    /// <summary>Why this person's answer would not count now; null when it would.</summary>
    public static VoteOutcome? Objection(Ticket ticket, string person, bool approve, PolicySnapshot rules)
    {
        if (ticket.Status != TicketStatus.Pending) return new VoteOutcome.Finished(ticket);
        if (AnswersForAgent(ticket, person, rules))
        {
            return approve
                ? new VoteOutcome.SelfApproval(
                    ticket, "You own this agent, it acts for you, or you made a key of it: somebody else has to approve what it wants to do.")
                : new VoteOutcome.NotEntitled(
                    ticket, "You own this agent, it acts for you, or you made a key of it: ask one of the reviewers to deny it, or have the agent cancel it.");
        }

        if (!IsReviewer(ticket, person, rules))
        {
            var reviewers = string.Join(", ", ticket.Needs.SelectMany(need => need.From).Distinct());
            return new VoteOutcome.NotEntitled(ticket, $"You are not among the reviewers that the rules name for this call ({reviewers}).");
        }

        if (ticket.Votes.Any(vote => vote.Person == person)) return new VoteOutcome.AlreadyVoted(ticket);
        if (approve && rules.Agents.SuspensionOf(ticket.Agent.Id) is { } suspension) return new VoteOutcome.AgentSuspended(ticket, suspension);
        return approve && ticket.Shown is not { IsWhole: true } ? new VoteOutcome.NotWhollyShown(ticket) : null;
    }

    private static bool HoldsKey(Ticket ticket, string person, PolicySnapshot rules) =>
        rules.Agents.Roster.StandingOf(ticket.Agent.Id).Issued.Any(key => key.MadeBy == person && key.WasLiveSince(ticket.Opened));
}
