using AiAccessProxy.Agents;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals.Roster;

/// <summary>
/// Who may decide about agents at run time (<c>docs/decisions/0017</c>). To stop something, being its owner is enough; to let something happen
/// that does not happen now, it takes somebody of the group <c>operators</c> of <c>people.yaml</c>. Where there is no such group, nobody may.
/// </summary>
internal static class Operators
{
    public const string Group = "operators";

    public static bool Has(string person, PolicySnapshot rules) => rules.People.Matches($"group:{Group}", person);

    /// <summary>Why this person may not suspend the agent or end a key of it; null when they may.</summary>
    public static string? WhyNotStop(Agent agent, string person, PolicySnapshot rules) =>
        agent.Owner == person || Has(person, rules)
            ? null
            : $"Only the agent's owner and people of the group {Group} in people.yaml may do that.";

    /// <summary>Why this person may not resume the agent or make a key of it; null when they may.</summary>
    public static string? WhyNotLet(string person, PolicySnapshot rules) =>
        Has(person, rules) ? null : $"Only people of the group {Group} in people.yaml may do that.";
}
