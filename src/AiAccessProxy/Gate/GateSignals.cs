using System.Diagnostics.Metrics;
using AiAccessProxy.Telemetry;

namespace AiAccessProxy.Gate;

/// <summary>What the gate counts.</summary>
internal static class GateSignals
{
    public static readonly Counter<long> Decisions = Signals.Counter(Metrics.Decisions);

    public static readonly Counter<long> Refusals = Signals.Counter(Metrics.Refusals);
}
