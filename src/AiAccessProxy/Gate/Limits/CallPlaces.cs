using AiAccessProxy.Actions.Bodies;
using AiAccessProxy.Approvals;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Gate.Limits;

/// <summary>The places for calls at once, in all and for each agent.</summary>
internal sealed class CallPlaces(IOptions<LimitOptions> options, IOptions<ApprovalOptions> approvals, AgentExcess excess)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _agents = [];
    private int _taken;

    public LimitOptions Limits => options.Value;

    public int Most => options.Value.Calls + approvals.Value.HeldInAll;

    public int MostPerAgent => options.Value.CallsPerAgent + approvals.Value.MaxHeldPerAgent;

    public BodyBudget Bodies { get; } = new(options.Value.BodyBytes, options.Value.BodyBytesPerAgent);

    public AgentExcess Excess => excess;

    public int Taken
    {
        get
        {
            lock (_lock) return _taken;
        }
    }

    /// <summary>A place for a call of somebody not known yet; null when all are taken.</summary>
    public CallPlace? TryTake()
    {
        lock (_lock)
        {
            if (_taken >= Most) return null;
            _taken++;
            return new(this);
        }
    }

    public bool TryCount(string agent)
    {
        lock (_lock)
        {
            var taken = _agents.GetValueOrDefault(agent);
            if (taken >= MostPerAgent) return false;
            _agents[agent] = taken + 1;
            return true;
        }
    }

    /// <param name="agent">Null for a call that never became known as anybody's.</param>
    public void Give(string? agent)
    {
        lock (_lock)
        {
            _taken--;
            if (agent is not null && --_agents[agent] == 0) _agents.Remove(agent);
        }
    }
}
