using AiAccessProxy.Control.Api.Shapes;
using AiAccessProxy.Control.SignIn;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Control.Pages.Parties;

/// <summary>One agent as one person sees it at one moment.</summary>
internal sealed record AgentView(AgentJson Agent, Viewer Viewer, PolicySnapshot Rules, DateTimeOffset Now)
{
    /// <summary>What became of a decision that was just tried and did not come about.</summary>
    public ControlProblem? Notice { get; init; }

    /// <summary>The reason that was typed with it.</summary>
    public string? Typed { get; init; }
}
