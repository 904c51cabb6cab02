using AiAccessProxy.Agents;

namespace AiAccessProxy.Actions;

/// <summary>Lower-case hex SHA-256 over every part of a bound action, each with its length before it, so that no two actions share one.</summary>
internal readonly record struct ActionDigest(string Hex)
{
    /// <summary>
    /// Over version, agent, on-behalf-of, route, upstream origin, credential id, method, target, the forwarded fields that are not volatile,
    /// and length and SHA-256 of the body.
    /// </summary>
    public static ActionDigest Over(
        Caller caller, string route, ApiAction action, Upstream upstream, UpstreamCredential? credential, ReadingPlan plan) =>
        throw new NotImplementedException();

    public override string ToString() => Hex;
}
