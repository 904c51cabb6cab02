using AiAccessProxy.Agents;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals.Roster;

/// <summary>
/// What was decided about agents at run time: one register of the ledger for each agent, and its reflection in the rules in force, which every
/// call is asked by.
/// </summary>
internal sealed class RosterBook(ILedger ledger, PolicyStore policies)
{
    public const string Kind = "agent";

    private const string Everybody = "all";

    /// <summary>The rules in force, with what is known here of the agents.</summary>
    public PolicySnapshot InForce => policies.Current;

    /// <summary>That the agent's register still stands as it did when <paramref name="agents"/> was asked.</summary>
    public static Check CheckOf(string agent, AgentDirectory agents) => new(RegisterOf(agent), agents.Roster.RevisionOf(agent));

    /// <summary>Listens from this call on, as the ledger does, not only from the first read. Ids of agents.</summary>
    public IAsyncEnumerable<string> ChangesAsync(CancellationToken cancellationToken) =>
        ledger.ChangesAsync(cancellationToken).Where(id => id.Kind == Kind).Select(id => id.Key);

    /// <summary>Brings what stands in the ledger about one agent into force.</summary>
    public async ValueTask RefreshAsync(string agent)
    {
        if (await ledger.ReadAsync(RegisterOf(agent), CancellationToken.None) is { } register) Enroll(register);
    }

    /// <summary>Brings what stands in the ledger about all agents into force.</summary>
    public async ValueTask RefreshAllAsync(CancellationToken cancellationToken)
    {
        await foreach (var register in ledger.LiveAsync(Kind, Everybody, cancellationToken)) Enroll(register);
    }

    /// <summary>
    /// Takes the step that <paramref name="choose"/> finds, again from what stands then when somebody was faster; stops where it finds none. What
    /// was decided is in force here when this returns.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">It could not be recorded, so it was not decided.</exception>
    public async ValueTask MoveAsync(string agent, Func<AgentStanding, RosterStep?> choose)
    {
        for (var tries = 0; tries < Tickets.MaxTries; tries++)
        {
            var register = await ledger.ReadAsync(RegisterOf(agent), CancellationToken.None);
            var before = register is null ? new AgentStanding(agent) : RosterState.Read(register.State.Span);
            if (register is not null) Enroll(register);
            if (choose(before) is not { } step) return;
            // It lives for ever: what was decided about an agent holds until somebody decides otherwise.
            var move = new Move(RegisterOf(agent), register?.Revision ?? 0, RosterState.Write(step.Next)) { LiveGroup = Everybody };
            if (await ledger.CommitAsync(new([step.Record], [move]) { IsPersons = true }, CancellationToken.None) is not Outcome.Done) continue;
            policies.Enroll(step.Next, (register?.Revision ?? 0) + 1);
            return;
        }

        throw new LedgerUnavailableException($"Agent {agent} was decided about by others {Tickets.MaxTries} times in a row.");
    }

    private static RegisterId RegisterOf(string agent) => new(Kind, agent);

    private void Enroll(Register register)
    {
        if (policies.Current.Agents.Roster.RevisionOf(register.Id.Key) < register.Revision)
            policies.Enroll(RosterState.Read(register.State.Span), register.Revision);
    }
}
