using AiAccessProxy.Actions.Bodies;
using Microsoft.AspNetCore.Http.Features;

namespace AiAccessProxy.Gate.Limits;

/// <summary>The place of one call, from its head to the end of its answer. A feature of its request.</summary>
internal sealed class CallPlace(CallPlaces places) : IDisposable
{
    private static readonly PlaceEntry In = new PlaceEntry.In();
    private static readonly PlaceEntry Waited = new PlaceEntry.Waited();

    private string? _agent;
    private string? _caller;
    private BodyRoom? _body;

    /// <summary>
    /// Says whose call it is. Once it is in, its body has room in the agent's budget, and its connection is an agent's. An agent that has as many
    /// calls as it may waits for a while until one of them ends: nothing of the call is read meanwhile, and it takes nobody else's place.
    /// </summary>
    public static async ValueTask<PlaceEntry> EnterAsync(HttpContext context, string agent)
    {
        if (context.Features.Get<CallPlace>() is not { } place) return In;
        place._caller = agent;
        if (place.Excess.Answer(agent) is { } tooMuch) return new PlaceEntry.Refused(tooMuch);
        var atOnce = place.TryEnter(agent);
        if (!atOnce && !await place.WaitAsync(agent, context.RequestAborted))
            return new PlaceEntry.Refused(LimitProblems.TooMany("calls", place.MostPerAgent, "gate:limits:callsPerAgent and approvals:maxHeldPerAgent"));
        context.Features.Set(place._body);
        context.Features.Get<AgentConnection>()?.IsAnAgents(agent);
        return atOnce ? In : Waited;
    }

    /// <summary>The call was refused for a limit of its agent's own.</summary>
    public void WasTooMuch()
    {
        if (_caller is not null) Excess.Refused(_caller);
    }

    public static LimitOptions LimitsOf(HttpContext context) => context.Features.GetRequiredFeature<CallPlace>().Limits;

    private LimitOptions Limits => places.Limits;

    private AgentExcess Excess => places.Excess;

    private int MostPerAgent => places.MostPerAgent;

    public void Dispose()
    {
        _body?.Dispose();
        places.Give(_agent);
    }

    private bool TryEnter(string agent)
    {
        if (_agent is not null) return _agent == agent;
        if (!places.TryCount(agent)) return false;
        Enter(agent);
        return true;
    }

    private async ValueTask<bool> WaitAsync(string agent, CancellationToken gone)
    {
        // The key became another agent's while its call waited: it has the other's place, and asks again for one of its own.
        if (_agent is not null || !await places.WaitAsync(agent, gone)) return false;
        Enter(agent);
        return true;
    }

    private void Enter(string agent) => (_agent, _body) = (agent, new(places.Bodies, agent));
}
