using Microsoft.AspNetCore.Connections;

namespace AiAccessProxy.Gate.Limits;

/// <summary>One connection to the agent plane. A feature of it.</summary>
internal sealed class AgentConnection(ConnectionContext connection, AgentConnections all)
{
    private volatile bool _isKnown;

    /// <summary>Its place among those that nobody known has used; null once somebody has, or when it is over.</summary>
    public LinkedListNode<AgentConnection>? Stranger { get; set; }

    /// <summary>A newer one counts in its stead.</summary>
    public bool HasGivenItsPlace { get; set; }

    /// <summary>A known agent calls on it: it makes room for nobody any more.</summary>
    public void IsAnAgents()
    {
        if (_isKnown) return;
        _isKnown = true;
        all.Introduce(this);
    }

    public void Close(string why) => connection.Abort(new ConnectionAbortedException(why));
}
