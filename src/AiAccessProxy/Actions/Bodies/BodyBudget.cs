namespace AiAccessProxy.Actions.Bodies;

/// <summary>
/// One budget for the bodies that lie in memory, while they are read and while their calls are held: nobody waits for room, since those who
/// have it may be waiting for people.
/// </summary>
/// <param name="inAll">Bytes of all calls together.</param>
/// <param name="perAgent">Bytes of one agent's calls together.</param>
internal sealed class BodyBudget(long inAll, long perAgent)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _agents = [];
    private long _taken;

    public long PerAgent => perAgent;

    public long Taken
    {
        get
        {
            lock (_lock) return _taken;
        }
    }

    /// <summary>Null: taken. Otherwise nothing was, and this is what is short.</summary>
    public BodyShortage? TryTake(string agent, long bytes)
    {
        lock (_lock)
        {
            var taken = _agents.GetValueOrDefault(agent);
            if (bytes > perAgent - taken) return BodyShortage.OfAgent;
            if (bytes > inAll - _taken) return BodyShortage.OfAll;
            _agents[agent] = taken + bytes;
            _taken += bytes;
            return null;
        }
    }

    public void Give(string agent, long bytes)
    {
        lock (_lock)
        {
            _taken -= bytes;
            if ((_agents[agent] -= bytes) == 0) _agents.Remove(agent);
        }
    }
}
