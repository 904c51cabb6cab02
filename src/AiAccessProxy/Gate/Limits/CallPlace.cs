using AiAccessProxy.Actions.Bodies;
using Microsoft.AspNetCore.Http.Features;

namespace AiAccessProxy.Gate.Limits;

/// <summary>The place of one call, from its head to the end of its answer. A feature of its request.</summary>
internal sealed class CallPlace(CallPlaces places) : IDisposable
{
    private string? _agent;
    private string? _caller;
    private BodyRoom? _body;

    /// <summary>
    /// Says whose call it is. From then on its body has room in the agent's budget, and its connection is an agent's. Null: it may go on.
    /// </summary>
    public static Problem? Enter(HttpContext context, string agent)
    {
        if (context.Features.Get<CallPlace>() is not { } place) return null;
        place._caller = agent;
        if (place.Excess.Answer(agent) is { } tooMuch) return tooMuch;
        if (!place.TryEnter(agent))
            return LimitProblems.TooMany("calls", place.MostPerAgent, "gate:limits:callsPerAgent and approvals:maxHeldPerAgent");
        context.Features.Set(place._body);
        context.Features.Get<AgentConnection>()?.IsAnAgents(agent);
        return null;
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
        if (_agent is not null) return true;
        if (!places.TryCount(agent)) return false;
        (_agent, _body) = (agent, new(places.Bodies, agent));
        return true;
    }
}
