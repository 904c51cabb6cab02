using AiAccessProxy.Agents;
using AiAccessProxy.Approvals;
using AiAccessProxy.Approvals.Roster;
using AiAccessProxy.Control.Api.Shapes;
using AiAccessProxy.Control.Reading;
using AiAccessProxy.Ledger;
using AiAccessProxy.People;

namespace AiAccessProxy.Control.Api;

/// <summary>Agents as one person sees them: the files, what was decided since, and what the ledger says they do.</summary>
internal sealed class AgentViews(RosterBook book, LedgerReading reading, ILedger ledger, TimeProvider time)
{
    public IReadOnlyList<Agent> All => book.InForce.Agents.All;

    public Agent? Find(string id) => book.InForce.Agents.Find(id);

    public bool IsSuspended(Agent agent) => book.InForce.Agents.SuspensionOf(agent.Id) is not null;

    public AgentActivity ActivityOf(string agent) => reading.Today.OfAgent(agent);

    public HeldKey? KeyOf(string agent, string key) => KeysOf(agent).Find(key);

    /// <summary>An agent can be looked at, and stopped, while the ledger's past cannot be read.</summary>
    public async ValueTask CatchUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            await reading.CatchUpAsync(cancellationToken);
        }
        catch (LedgerUnavailableException)
        {
            // What was read before is told; health says that the ledger fails.
        }
    }

    public async ValueTask<AgentJson> OfAsync(Agent agent, Person viewer, CancellationToken cancellationToken)
    {
        var (rules, now, activity) = (book.InForce, time.GetUtcNow(), ActivityOf(agent.Id));
        return new(
            agent.Id, agent.Owner, agent.Groups,
            rules.Agents.SuspensionOf(agent.Id) is { } suspension ? new(suspension.By, suspension.At, suspension.Why) : null,
            [.. KeysOf(agent.Id).Keys.Select(key => KeyJson.Of(key, activity, now))],
            ActivityJson.Of(activity), await ledger.LiveCountAsync(Tickets.Kind, agent.Id, cancellationToken),
            Operators.WhyNotStop(agent, viewer.Id, rules) is null, Operators.WhyNotLet(viewer.Id, rules) is null);
    }

    private KeyList KeysOf(string agent) => KeyList.Of(book.InForce.Agents.Roster.StandingOf(agent), book.InForce.Agents);
}
