using AiAccessProxy.Actions;
using AiAccessProxy.Agents;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Gate;

/// <summary>What came in by the door.</summary>
internal abstract record Admission
{
    private Admission()
    {
    }

    /// <summary>An identified, readable call on a known route.</summary>
    public sealed record Call(Route Route, Caller Caller, ApiAction Action, Preference Preference) : Admission;

    /// <summary>It was refused, recorded and answered already.</summary>
    public sealed record Answered : Admission;
}
