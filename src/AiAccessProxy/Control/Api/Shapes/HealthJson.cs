namespace AiAccessProxy.Control.Api.Shapes;

/// <summary>How the program fares.</summary>
/// <param name="Status"><c>ok</c>, or <c>alarm</c> when somebody has to look, as <c>/readyz</c> says: it names certificates and the playground, too.</param>
/// <param name="LedgerFailingSince">Since when the ledger cannot record; null when it can. What it cannot record does not happen.</param>
/// <param name="PolicyRefusedSince">Since when the policy files are wrong, and what was in force before stays; null when they are right.</param>
/// <param name="Observed">Rules that have no effect and are only observed, as <c>route/rule</c>.</param>
/// <param name="SuspendedAgents">Ids of agents that are suspended.</param>
/// <param name="LedgerRead">Position up to which the control plane has read the ledger.</param>
/// <param name="Listeners">Open event streams.</param>
/// <param name="Instances">The processes that work on this ledger; empty where it is one's alone.</param>
/// <param name="PoliciesDifferSince">Since when they decide by different policies; null while they do not.</param>
/// <param name="LedgerMayLose">Why a crash of the store would lose what was acknowledged; empty but under relaxed durability.</param>
/// <param name="FailingPlaces">Places of <c>notify</c> where reviewers are not reached; they see their tickets on the console.</param>
internal sealed record HealthJson(
    string Status, string Instance, DateTimeOffset Now, DateTimeOffset? LedgerFailingSince, string? LedgerWhy, DateTimeOffset? PolicyRefusedSince,
    IReadOnlyList<string> Observed, IReadOnlyList<string> SuspendedAgents, long LedgerRead, int Listeners,
    IReadOnlyList<InstanceJson> Instances, DateTimeOffset? PoliciesDifferSince, IReadOnlyList<string> LedgerMayLose, IReadOnlyList<FailingPlaceJson> FailingPlaces);
