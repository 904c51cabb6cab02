using AiAccessProxy.Approvals;
using AiAccessProxy.Forwarding.Delivery;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Gate.Limits;

/// <summary>
/// Bounds the connections to the agent plane. When all are taken, a new one takes the place of the oldest on which no known agent has
/// called: thousands of idle connections keep nobody out.
/// </summary>
internal sealed class AgentConnections(IOptions<LimitOptions> options, IOptions<ApprovalOptions> approvals, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<AgentConnection> _strangers = [];
    private int _count;

    public async Task CountAsync(ConnectionContext context, ConnectionDelegate next)
    {
        var connection = new AgentConnection(context, this);
        if (!TryAdd(connection))
        {
            context.Abort(new ConnectionAbortedException("gate:limits:connections: all of them are agents' own."));
            return;
        }

        context.Features.Set(connection);
        context.Features.Set(new ResetBudget(
            options.Value.Resets + approvals.Value.MaxHeldPerAgent, time, () => connection.Close("gate:limits:resets: it resets too many streams.")));
        try
        {
            await next(context);
        }
        finally
        {
            Remove(connection);
        }
    }

    public void Introduce(AgentConnection connection)
    {
        lock (_lock) NoStranger(connection);
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
