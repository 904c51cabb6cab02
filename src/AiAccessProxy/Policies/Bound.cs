using AiAccessProxy.Actions;

namespace AiAccessProxy.Policies;

/// <summary>An action together with what the policy says of it. <paramref name="Policy"/> is the hash of the snapshot that decided.</summary>
internal sealed record Bound(BoundAction Action, Decision Decision, string Policy)
{
    /// <summary>The time at which it was decided.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>For a call that no rule permits because its body could not be read: why it could not. Null for any other.</summary>
    public string? NotInspected => (Decision, Action.Action.Body) is
        (Decision.Deny { ByDefault: true }, ActionBody.Whole { Facts: BodyFacts.Unreadable(var why) })
        ? why
        : null;
}
