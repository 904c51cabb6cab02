using AiAccessProxy.Agents;

namespace AiAccessProxy.Actions;

/// <summary>An action bound to who calls, where it goes and with which credential. <see cref="Digest"/> is over all of that.</summary>
internal sealed record BoundAction(
    Caller Caller, string Route, ApiAction Action, Upstream Upstream, UpstreamCredential? Credential, ActionDigest Digest)
{
    /// <summary>The agent's fields that are sent: all of the head's but one that the credential replaces.</summary>
    public IEnumerable<HeaderField> ForwardedHeaders => Action.ForwardedHeaders(Credential);
}
