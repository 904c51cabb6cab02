using AiAccessProxy.Agents;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Approvals.Roster;

/// <summary>How an agent stands next, with the record that says so: one commit.</summary>
internal sealed record RosterStep(AgentStanding Next, LedgerRecord Record);
