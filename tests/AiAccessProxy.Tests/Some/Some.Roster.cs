using AiAccessProxy.Approvals.Roster;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests;

internal static partial class Some
{
    /// <summary>The usual rules, and mallory and judy are operators.</summary>
    public static PolicySnapshot OperatedRules(string owner = "ada", int agents = 1) => Rules(
        groups: new Dictionary<string, IReadOnlyList<string>>(Groups) { ["operators"] = ["mallory", "judy"] }, owner: owner, agents: agents);

    public static Deciding Deciding(string person = "mallory") => new(Person(person), "api", "key:laptop");
}
