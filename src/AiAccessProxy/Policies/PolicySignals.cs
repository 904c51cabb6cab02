using System.Diagnostics.Metrics;
using AiAccessProxy.Telemetry;

namespace AiAccessProxy.Policies;

/// <summary>What became of changes of the files.</summary>
internal static class PolicySignals
{
    private static readonly Counter<long> Loads = Signals.Counter(Metrics.PolicyLoads);

    /// <summary>Nothing has happened since the start.</summary>
    public static void Begin()
    {
        foreach (var result in (string[])["loaded", "refused"]) Loads.Add(0, new KeyValuePair<string, object?>("result", result));
    }

    public static void Loaded() => Loads.Add(1, new KeyValuePair<string, object?>("result", "loaded"));

    public static void Refused() => Loads.Add(1, new KeyValuePair<string, object?>("result", "refused"));
}
