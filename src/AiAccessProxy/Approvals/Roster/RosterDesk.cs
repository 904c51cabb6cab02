using AiAccessProxy.Ledger;

namespace AiAccessProxy.Approvals.Roster;

/// <summary>Suspends and resumes agents. What is decided here is on record, and in force in this instance, when a method returns.</summary>
internal sealed class RosterDesk(RosterDecisions decisions)
{
    public const int LongestWords = 1000;

    /// <summary>Stops the agent: no call of it goes upstream, and no ticket is opened, used or approved until it is resumed.</summary>
    /// <param name="why">Told to the agent and kept on record; at most <see cref="LongestWords"/> characters.</param>
    public ValueTask<RosterOutcome> SuspendAsync(string agent, Deciding by, string? why) => decisions.DecideAsync(
        agent,
        (known, rules) => Operators.WhyNotStop(known, by.Person.Id, rules),
        (known, _, standing) =>
        {
            if (standing.Suspended is not null) return new(new RosterOutcome.Done(standing, Changed: false));
            var next = standing with { Suspended = new(by.Person.Id, decisions.Now, why) };
            return new(new RosterOutcome.Done(next, Changed: true), next, decisions.RecordOf(RecordKind.AgentSuspended, known, by) with { Detail = why });
        });

    /// <summary>Lets the agent call again. What became of its tickets meanwhile stays.</summary>
    public ValueTask<RosterOutcome> ResumeAsync(string agent, Deciding by, string? why) => decisions.DecideAsync(
        agent,
        (_, rules) => Operators.WhyNotLet(by.Person.Id, rules),
        (known, _, standing) =>
        {
            if (standing.Suspended is null) return new(new RosterOutcome.Done(standing, Changed: false));
            var next = standing with { Suspended = null };
            return new(new RosterOutcome.Done(next, Changed: true), next, decisions.RecordOf(RecordKind.AgentResumed, known, by) with { Detail = why });
        });
}
