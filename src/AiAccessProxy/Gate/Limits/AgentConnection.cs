using Microsoft.AspNetCore.Connections;

namespace AiAccessProxy.Gate.Limits;

/// <summary>One connection to the agent plane. A feature of it.</summary>
internal sealed class AgentConnection(ConnectionContext connection, AgentConnections all, AgentExcess excess)
{
    private readonly Allowance _resets = excess.ResetsOfStranger();
    private volatile bool _isKnown;
    private volatile string? _caller;

    /// <summary>Its place among those that nobody known has used; null once somebody has, or when it is over.</summary>
    public LinkedListNode<AgentConnection>? Stranger { get; set; }

    /// <summary>A newer one counts in its stead.</summary>
    public bool HasGivenItsPlace { get; set; }

    /// <summary>The agent whose own it is; null while it is nobody's.</summary>
    public string? Agent { get; set; }

    /// <summary>A known agent calls on it: it makes room for nobody any more, unless the agent has as many such as it may.</summary>
    public void IsAnAgents(string agent)
    {
        _caller = agent;
        if (!_isKnown && all.TryIntroduce(this, agent)) _isKnown = true;
    }

    /// <summary>Counts streams that are reset on it: one at a time, as they come.</summary>
    /// <returns>False when they were too many: the connection is being closed.</returns>
    public bool MayReset(int streams)
    {
        bool may;
        if (_caller is { } agent)
        {
            may = excess.MayReset(agent, streams);
        }
        else
        {
            _resets.Spend(streams);
            may = !_resets.IsSpent;
        }

        if (!may) Close("gate:limits:resets: it resets too many streams.");
        return may;
    }

    public void Close(string why) => connection.Abort(new ConnectionAbortedException(why));
}
