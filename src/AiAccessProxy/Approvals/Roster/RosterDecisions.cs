using AiAccessProxy.Agents;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals.Roster;

/// <summary>How every decision about an agent is taken: by somebody who may, from how the agent stands, in one commit with its record.</summary>
internal sealed class RosterDecisions(RosterBook book, Records records)
{
    public DateTimeOffset Now => records.Now;

    /// <param name="whyNot">Why this person may not; null when they may.</param>
    /// <param name="resolve">Asked again when somebody else was faster.</param>
    /// <exception cref="LedgerUnavailableException">It could not be recorded, so it was not decided.</exception>
    public async ValueTask<RosterOutcome> DecideAsync(
        string agent, Func<Agent, PolicySnapshot, string?> whyNot, Func<Agent, PolicySnapshot, AgentStanding, Resolution> resolve)
    {
        var rules = book.InForce;
        if (rules.Agents.Find(agent) is not { } known) return new RosterOutcome.NoAgent();
        if (whyNot(known, rules) is { } why) return new RosterOutcome.NotEntitled(why);

        RosterOutcome? outcome = null;
        await book.MoveAsync(agent, standing =>
        {
            var resolution = resolve(known, rules, standing);
            outcome = resolution.Outcome;
            return resolution is { Next: { } next, Record: { } record } ? new RosterStep(next, record) : null;
        });
        return outcome!;
    }

    public LedgerRecord RecordOf(string kind, Agent agent, Deciding by) => records.New(kind) with
    {
        Agent = new(agent.Id, agent.Owner, null, null),
        Reviewer = new(by.Person.Id, by.Channel, by.Authenticated),
        Policy = book.InForce.Hash,
    };
}
