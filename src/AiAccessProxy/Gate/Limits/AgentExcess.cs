using AiAccessProxy.Approvals;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Gate.Limits;

/// <summary>
/// Agents that go on beyond their limits. Each call that is refused for one, and each HTTP/2 stream that is reset, has cost nearly a whole
/// call by then (CVE-2023-44487); so whoever does it too often is refused unread for a while, which is cheap.
/// </summary>
internal sealed class AgentExcess(IOptions<LimitOptions> options, IOptions<ApprovalOptions> approvals, TimeProvider time)
{
    private static readonly TimeSpan RefusalWindow = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ResetWindow = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (Allowance Refusals, Allowance Resets)> _agents = [];

    /// <summary>As many calls may be held, and their client may leave them all at once.</summary>
    private int MostResets => options.Value.Resets + approvals.Value.MaxHeldPerAgent;

    /// <summary>What a connection may reset before it is known whose it is.</summary>
    public Allowance ResetsOfStranger() => new(options.Value.Resets, ResetWindow, time);

    /// <returns>False when it was one too many.</returns>
    public bool MayReset(string agent, int streams)
    {
        lock (_lock)
        {
            var resets = Of(agent).Resets;
            resets.Spend(streams);
            return !resets.IsSpent;
        }
    }

    /// <summary>A call of the agent was refused for a limit of its own.</summary>
    public void Refused(string agent)
    {
        lock (_lock) Of(agent).Refusals.Spend(1);
    }

    /// <summary>What is said to the agent's calls for now; null when they are read.</summary>
    public Problem? Answer(string agent)
    {
        lock (_lock)
        {
            if (!_agents.TryGetValue(agent, out var known)) return null;
            return known.Resets.IsSpent ? LimitProblems.TooMuch($"reset more than {MostResets} streams within ten seconds", "gate:limits:resets and approvals:maxHeldPerAgent", ResetWindow)
                : known.Refusals.IsSpent ? LimitProblems.TooMuch($"went on after {options.Value.RefusalsPerAgent} refusals within a second", "gate:limits:refusalsPerAgent", RefusalWindow)
                : null;
        }
    }

    private (Allowance Refusals, Allowance Resets) Of(string agent)
    {
        if (!_agents.TryGetValue(agent, out var known))
            _agents[agent] = known = (new(options.Value.RefusalsPerAgent, RefusalWindow, time), new(MostResets, ResetWindow, time));
        return known;
    }
}
