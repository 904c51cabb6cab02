using AiAccessProxy.Actions;
using AiAccessProxy.Agents;

namespace AiAccessProxy.Policies.Conditions;

/// <summary>Everything that rules look at in one call: what it does, who makes it, when, and in which environment.</summary>
internal sealed record Circumstances(ApiAction Action)
{
    /// <summary>Null where it is not known who calls, as when a call is only described: what is asked of the caller is unknown.</summary>
    public Caller? Caller { get; init; }

    /// <summary>When the call is decided; null where it is not known.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The label of the call's route; null where it states none.</summary>
    public string? Environment { get; init; }
}
