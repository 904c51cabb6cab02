namespace AiAccessProxy.Policies;

/// <summary>A change of the policies that was not taken over; what was in force before stays so.</summary>
/// <param name="Problems">At least one.</param>
internal sealed record PolicyRefusal(DateTimeOffset At, IReadOnlyList<PolicyProblem> Problems);
