using AiAccessProxy.Actions;

namespace AiAccessProxy.Policies;

/// <summary>An action together with what the policy says of it. <paramref name="Policy"/> is the hash of the snapshot that decided.</summary>
internal sealed record Bound(BoundAction Action, Decision Decision, string Policy);
