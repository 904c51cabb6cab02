using System.Diagnostics.Metrics;
using AiAccessProxy.Telemetry;

namespace AiAccessProxy.Ledger;

/// <summary>What any ledger measures of itself.</summary>
internal static class LedgerSignals
{
    private static readonly KeyValuePair<string, object?> Append = new("operation", "append");

    private static readonly KeyValuePair<string, object?> Commit = new("operation", "commit");

    private static readonly Histogram<double> Durations = Signals.Histogram(Metrics.LedgerAppend);

    private static readonly Counter<long> Alarms = Signals.Counter(Metrics.LedgerAlarms);

    public static void Appended(TimeSpan took) => Durations.Record(took.TotalSeconds, Append);

    public static void Committed(TimeSpan took) => Durations.Record(took.TotalSeconds, Commit);

    /// <param name="kind">One of few words, never anything that came from outside: <c>unwritable</c>.</param>
    public static void Alarm(string kind) => Alarms.Add(1, new KeyValuePair<string, object?>("kind", kind));
}
