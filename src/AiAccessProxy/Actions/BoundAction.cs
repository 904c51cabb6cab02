using AiAccessProxy.Agents;

namespace AiAccessProxy.Actions;

/// <summary>An action bound to who calls, where it goes and with which credential. <see cref="Digest"/> is over all of that.</summary>
internal sealed record BoundAction(
    Caller Caller, string Route, ApiAction Action, Upstream Upstream, UpstreamCredential? Credential, ActionDigest Digest);
