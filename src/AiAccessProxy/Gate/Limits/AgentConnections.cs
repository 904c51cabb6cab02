using AiAccessProxy.Forwarding.Delivery;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Gate.Limits;

/// <summary>
/// Bounds the connections to the agent plane. When all are taken, a new one takes the place of the oldest on which no known agent has
/// called, or only one that has its share already: thousands of idle connections keep nobody out.
/// </summary>
internal sealed class AgentConnections(IOptions<LimitOptions> options, AgentExcess excess, HandshakePace pace, ClosedConnections closed)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<AgentConnection> _strangers = [];
    private readonly Dictionary<string, int> _own = [];
    private int _count;

    public async Task CountAsync(ConnectionContext context, ConnectionDelegate next)
    {
        var connection = new AgentConnection(context, this, excess);
        if (!TryAdd(connection))
        {
            context.Abort(new ConnectionAbortedException("gate:limits:connections: all of them are agents' own."));
            return;
        }

        context.Features.Set(connection);
        context.Features.Set(new ResetBudget(connection.MayReset));
        try
        {
            if (await pace.MayBeginAsync(context.RemoteEndPoint, context.ConnectionClosed)) await next(context);
            else connection.Close("gate:limits:handshakes: too many are waiting for theirs from its address.");
        }
        finally
        {
            Remove(connection);
            closed.Count();
        }
    }

    /// <summary>
    /// Makes it the agent's own. False when the agent has as many as it may: it stays among those that make room, or one agent with a cheap
    /// call on each could keep all others out.
    /// </summary>
    public bool TryIntroduce(AgentConnection connection, string agent)
    {
        lock (_lock)
        {
            var own = _own.GetValueOrDefault(agent);
            if (connection.Stranger is null || own >= options.Value.ConnectionsPerAgent) return false;
            _own[agent] = own + 1;
            connection.Agent = agent;
            NoStranger(connection);
            return true;
        }
    }

    private bool TryAdd(AgentConnection connection)
    {
        AgentConnection? gives = null;
        lock (_lock)
        {
            if (_count >= options.Value.Connections)
            {
                if (_strangers.First is not { } oldest) return false;
                gives = oldest.Value;
                // Its place is the new one's from here on, however long it takes to close.
                NoStranger(gives);
                gives.HasGivenItsPlace = true;
                _count--;
            }

            _count++;
            connection.Stranger = _strangers.AddLast(connection);
        }

        gives?.Close("gate:limits:connections: it made room for a new one.");
        return true;
    }

    private void Remove(AgentConnection connection)
    {
        lock (_lock)
        {
            NoStranger(connection);
            if (connection.Agent is { } agent && --_own[agent] == 0) _own.Remove(agent);
            if (!connection.HasGivenItsPlace) _count--;
        }
    }

    private void NoStranger(AgentConnection connection)
    {
        if (connection.Stranger is not { } place) return;
        _strangers.Remove(place);
        connection.Stranger = null;
    }
}
