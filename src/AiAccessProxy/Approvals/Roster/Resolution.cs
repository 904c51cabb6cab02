using AiAccessProxy.Agents;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Approvals.Roster;

/// <summary>What a wish comes to from how the agent stands: its outcome, and what it changes with the record that says so, if anything.</summary>
internal sealed record Resolution(RosterOutcome Outcome, AgentStanding? Next = null, LedgerRecord? Record = null);
