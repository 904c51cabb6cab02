using AiAccessProxy.Actions.Bodies;
using AiAccessProxy.Approvals;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Gate.Limits;

/// <summary>
/// The places for calls at once, in all and for each agent. Calls that an agent makes beyond its own stand in a line, where they cost little and
/// take nobody's place: refused at once they would come again at once, and over new connections, which costs more than they do.
/// </summary>
internal sealed class CallPlaces(IOptions<LimitOptions> options, IOptions<ApprovalOptions> approvals, AgentExcess excess, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Agent> _agents = [];
    private int _taken;
    private int _waiting;

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

    public int Waiting
    {
        get
        {
            lock (_lock) return _waiting;
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
            var calls = Of(agent);
            if (calls.Taken >= MostPerAgent) return false;
            calls.Taken++;
            return true;
        }
    }

    /// <summary>Until another call of the agent, which has all of its places, gives it its own. The place among all is somebody else's meanwhile.</summary>
    /// <returns>False when none did in time, or too many wait already.</returns>
    /// <exception cref="OperationCanceledException">The client is gone.</exception>
    public async ValueTask<bool> WaitAsync(string agent, CancellationToken gone)
    {
        if (TryQueue(agent) is not { } waiting) return false;
        try
        {
            await waiting.Value.Task.WaitAsync(options.Value.PlaceTime, time, gone);
            return true;
        }
        catch (Exception over) when (over is TimeoutException or OperationCanceledException)
        {
            // In the same moment it may have got its place after all.
            if (!TryLeave(agent, waiting)) return true;
            gone.ThrowIfCancellationRequested();
            return false;
        }
    }

    /// <param name="agent">Null for a call that never became known as anybody's.</param>
    public void Give(string? agent)
    {
        lock (_lock)
        {
            _taken--;
            if (agent is null) return;
            var calls = _agents[agent];
            if (calls.Line.First is { } next)
            {
                Dequeue(calls, next);
                next.Value.SetResult();
            }
            else if (--calls.Taken == 0)
            {
                _agents.Remove(agent);
            }
        }
    }

    private LinkedListNode<TaskCompletionSource>? TryQueue(string agent)
    {
        lock (_lock)
        {
            var calls = Of(agent);
            if (calls.Taken < MostPerAgent)
            {
                // One ended just now.
                calls.Taken++;
                var free = new TaskCompletionSource();
                free.SetResult();
                return new(free);
            }

            if (options.Value.PlaceTime <= TimeSpan.Zero || _waiting >= options.Value.Waiting || calls.Line.Count >= options.Value.WaitingPerAgent) return null;
            _taken--;
            _waiting++;
            return calls.Line.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
    }

    private bool TryLeave(string agent, LinkedListNode<TaskCompletionSource> waiting)
    {
        lock (_lock)
        {
            if (waiting.List is null) return false;
            Dequeue(_agents[agent], waiting);
            return true;
        }
    }

    /// <summary>It counts among all again, until its answer is written.</summary>
    private void Dequeue(Agent calls, LinkedListNode<TaskCompletionSource> waiting)
    {
        calls.Line.Remove(waiting);
        _waiting--;
        _taken++;
    }

    private Agent Of(string agent)
    {
        if (!_agents.TryGetValue(agent, out var calls)) _agents[agent] = calls = new();
        return calls;
    }

    /// <summary>How many places an agent's calls have, and those in line for one; nobody is in line while one is free.</summary>
    private sealed class Agent
    {
        public int Taken { get; set; }

        public LinkedList<TaskCompletionSource> Line { get; } = [];
    }
}
