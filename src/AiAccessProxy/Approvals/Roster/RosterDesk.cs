using AiAccessProxy.Agents;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals.Roster;

/// <summary>Suspends and resumes agents. What is decided here is on record, and in force in this instance, when a method returns.</summary>
internal sealed class RosterDesk(RosterBook book, Records records)
{
    public const int LongestWords = 1000;

    /// <summary>Stops the agent: no call of it goes upstream, and no ticket is opened, used or approved until it is resumed.</summary>
    /// <param name="why">Told to the agent and kept on record; at most <see cref="LongestWords"/> characters.</param>
    public ValueTask<RosterOutcome> SuspendAsync(string agent, Deciding by, string? why) => DecideAsync(
        agent, by, (known, rules) => Operators.WhyNotStop(known, by.Person.Id, rules), (known, standing) => standing.Suspended is not null
            ? null
            : new(
                standing with { Suspended = new(by.Person.Id, records.Now, why) },
                RecordOf(RecordKind.AgentSuspended, known, by) with { Detail = why }));

    /// <summary>Lets the agent call again. What became of its tickets meanwhile stays.</summary>
    public ValueTask<RosterOutcome> ResumeAsync(string agent, Deciding by, string? why) => DecideAsync(
        agent, by, (_, rules) => Operators.WhyNotLet(by.Person.Id, rules), (known, standing) => standing.Suspended is null
            ? null
            : new(standing with { Suspended = null }, RecordOf(RecordKind.AgentResumed, known, by) with { Detail = why }));

    private async ValueTask<RosterOutcome> DecideAsync(
        string agent, Deciding by, Func<Agent, PolicySnapshot, string?> whyNot, Func<Agent, AgentStanding, RosterStep?> choose)
    {
        var rules = book.InForce;
        if (rules.Agents.Find(agent) is not { } known) return new RosterOutcome.NoAgent();
        if (whyNot(known, rules) is { } why) return new RosterOutcome.NotEntitled(why);

        RosterOutcome? outcome = null;
        await book.MoveAsync(agent, standing =>
        {
            var step = choose(known, standing);
            outcome = new RosterOutcome.Done(step?.Next ?? standing, step is not null);
            return step;
        });
        return outcome!;
    }

    private LedgerRecord RecordOf(string kind, Agent agent, Deciding by) => records.New(kind) with
    {
        Agent = new(agent.Id, agent.Owner, null, null),
        Reviewer = new(by.Person.Id, by.Channel, by.Authenticated),
        Policy = book.InForce.Hash,
    };
}
