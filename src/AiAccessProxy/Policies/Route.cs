using AiAccessProxy.Actions;
using AiAccessProxy.Agents;

namespace AiAccessProxy.Policies;

/// <summary>A prefix, its upstream and its rules, as <c>policies/&lt;route&gt;.yaml</c> states them.</summary>
internal sealed record Route
{
    public required string Id { get; init; }

    public required string Prefix { get; init; }

    public required Upstream Upstream { get; init; }

    public required ReadingPlan Reading { get; init; }

    public required WhenPending WhenPending { get; init; }

    /// <summary>How long a privileged call is held; null takes the product's setting.</summary>
    public required TimeSpan? Hold { get; init; }

    /// <summary>
    /// Whether the body has to be read whole before this call can be decided: a rule that may still match looks into it, or the call may
    /// need approval. What a plain allow streams is not read.
    /// </summary>
    public bool NeedsBody(Caller caller, ActionHead head) => throw new NotImplementedException();
}
