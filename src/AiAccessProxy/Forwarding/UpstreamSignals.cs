using System.Diagnostics.Metrics;
using AiAccessProxy.Telemetry;

namespace AiAccessProxy.Forwarding;

/// <summary>What upstreams did not do.</summary>
internal static class UpstreamSignals
{
    public const string ServerError = "http_5xx";

    private static readonly Counter<long> Errors = Signals.Counter(Metrics.UpstreamErrors);

    public static void Failed(string route, string error) => Errors.Add(1, new("route", route), new KeyValuePair<string, object?>("error", error));
}
