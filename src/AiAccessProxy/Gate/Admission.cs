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
    /// <param name="At">When it was read. Unless its body was read as well it is decided by this clock, which said that none is needed.</param>
    public sealed record Call(Route Route, Caller Caller, ApiAction Action, DateTimeOffset At) : Admission
    {
        public required Preference Preference { get; init; }
    }

    /// <summary>It waited for its place. It has one now, and is read anew by the rules in force.</summary>
    public sealed record Waited : Admission;

    /// <summary>It was refused, recorded and answered already.</summary>
    public sealed record Answered : Admission;
}
