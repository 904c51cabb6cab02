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

    public static List<HeaderField> Of(IReadOnlyList<HeaderField> fields, IReadOnlyList<AgentKeySource> keys)
    {
        var dropped = new HashSet<string>(keys.Select(key => key.HeaderName()), StringComparer.OrdinalIgnoreCase);
        foreach (var connection in fields.Where(field => field.Name.Equals("Connection", StringComparison.OrdinalIgnoreCase)))
            dropped.UnionWith(connection.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

        return
        [.. fields.Where(field => !Own.Contains(field.Name)
            && !dropped.Contains(field.Name)
            && !field.Name.StartsWith("Proxy-", StringComparison.OrdinalIgnoreCase)
            && !AgentHeaders.IsOwn(field.Name))];
    }
}
