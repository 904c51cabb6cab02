using System.Collections.Frozen;
using AiAccessProxy.Agents;

namespace AiAccessProxy.Actions;

/// <summary>Tells the fields that go on to the upstream from those that end at the proxy.</summary>
internal static class EndToEnd
{
    // RFC 9110, 7.6.1 and 10.1.1; the proxy makes its own framing and continues the trace itself.
    private static readonly FrozenSet<string> Own = FrozenSet.ToFrozenSet(
        ["Connection", "Keep-Alive", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "HTTP2-Settings", "Host", "Content-Length", "Expect",
         "traceparent", "tracestate", "baggage"],
        StringComparer.OrdinalIgnoreCase);

    // They speak of the hop before this one, whose word upstreams may trust: who called, from where, under which name and certificate.
    private static readonly FrozenSet<string> HopBefore = FrozenSet.ToFrozenSet(
        ["Forwarded", "Forwarded-For", "Via", "X-Real-IP", "X-Client-IP", "Client-IP", "True-Client-IP", "X-Cluster-Client-IP", "X-Remote-IP",
         "X-Remote-Addr", "Remote-Addr", "CF-Connecting-IP", "CF-Connecting-IPv6", "Fastly-Client-IP", "X-Appengine-User-IP", "X-Azure-ClientIP",
         "X-Azure-SocketIP", "X-Envoy-External-Address", "X-Envoy-Internal", "X-Host", "X-HTTP-Host-Override", "X-Original-Host", "X-Original-For",
         "X-Original-Proto", "X-Original-Forwarded-For", "X-Original-Remote-Addr", "Front-End-Https", "X-Url-Scheme", "X-Scheme", "Client-Cert",
         "Client-Cert-Chain", "X-Client-Cert", "X-Client-Verify", "X-SSL-Client-Cert", "X-SSL-Client-Verify", "X-SSL-Client-DN", "SSL-Client-Cert",
         "SSL-Client-Verify", "X-ARR-ClientCert", "Remote-User", "X-Remote-User", "X-Remote-Group"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a field of this name ends here on every route.</summary>
    public static bool Ends(string name) =>
        Own.Contains(name)
        || HopBefore.Contains(name)
        || name.StartsWith("Proxy-", StringComparison.OrdinalIgnoreCase)
        // Those that name a path are a doubt of their own: dropped in silence, the call would be another than its author meant.
        || (name.StartsWith("X-Forwarded", StringComparison.OrdinalIgnoreCase) && !Overrides.IsHeader(name))
        || AgentHeaders.IsOwn(name);

    public static List<HeaderField> Of(IReadOnlyList<HeaderField> fields, IReadOnlyList<AgentKeySource> keys)
    {
        var dropped = new HashSet<string>(keys.Select(key => key.HeaderName()), StringComparer.OrdinalIgnoreCase);
        return [.. fields.Where(field => !Ends(field.Name) && !dropped.Contains(field.Name))];
    }
}
