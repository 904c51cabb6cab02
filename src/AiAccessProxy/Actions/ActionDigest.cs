using AiAccessProxy.Agents;

namespace AiAccessProxy.Actions;

/// <summary>Lower-case hex SHA-256 over every part of a bound action, each with its length before it, so that no two actions share one.</summary>
internal readonly record struct ActionDigest(string Hex)
{
    private const string Version = "aiaccess-action-1/" + VolatileHeaders.Version;

    private const string EmptySha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /// <summary>
    /// Over version, agent, on-behalf-of, route, upstream origin, credential id, method, target, the forwarded fields that are not volatile,
    /// and length and SHA-256 of the body. No body is the same as an empty one; a streamed body is none of these.
    /// </summary>
    public static ActionDigest Over(
        Caller caller, string route, ApiAction action, Upstream upstream, UpstreamCredential? credential, ReadingPlan plan)
    {
        using var parts = new DigestParts();
        parts.Add(Version)
            .Add(caller.Agent.Id)
            .Add(caller.OnBehalfOf)
            .Add(route)
            .Add(upstream.Origin.GetLeftPart(UriPartial.Authority))
            .Add(credential?.Id)
            .Add(action.Head.Method)
            .Add(action.Head.Target.Raw);

        // Stable: repeated fields keep their order, and the order of different ones means nothing.
        var fields = action.ForwardedHeaders(credential)
            .Where(field => !VolatileHeaders.Contains(field.Name, plan))
            .Select(field => (Name: field.Name.ToLowerInvariant(), field.Value))
            .OrderBy(field => field.Name, StringComparer.Ordinal)
            .ToList();
        parts.Length(fields.Count);
        foreach (var (name, value) in fields) parts.Add(name).Add(value);

        switch (action.Body)
        {
            case ActionBody.Whole whole:
                parts.Length(whole.Bytes.Length).Add(whole.Sha256);
                break;
            case ActionBody.None:
                parts.Length(0).Add(EmptySha256);
                break;
            default:
                parts.Length(-1);
                break;
        }

        return new(parts.ToHex());
    }

    public override string ToString() => Hex;
}
