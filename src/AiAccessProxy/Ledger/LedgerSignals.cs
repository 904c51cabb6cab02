using System.Diagnostics.Metrics;
using AiAccessProxy.Telemetry;

namespace AiAccessProxy.Ledger;

/// <summary>What any ledger measures of itself.</summary>
internal static class LedgerSignals
{
    /// <summary>The store refuses some or all that it is asked to record.</summary>
    public const string Unwritable = "unwritable";

    /// <summary>Something about the store has to be looked into, although it records.</summary>
    public const string Integrity = "integrity";

    private static readonly KeyValuePair<string, object?> Append = new("operation", "append");

    private static readonly KeyValuePair<string, object?> Commit = new("operation", "commit");

    private static readonly Histogram<double> Durations = Signals.Histogram(Metrics.LedgerAppend);

    private static readonly Counter<long> Alarms = Signals.Counter(Metrics.LedgerAlarms);

    public static void Appended(TimeSpan took) => Durations.Record(took.TotalSeconds, Append);

    public static void Committed(TimeSpan took) => Durations.Record(took.TotalSeconds, Commit);

    /// <summary>Nothing has happened yet.</summary>
    public static void Begin()
    {
        foreach (var kind in (string[])[Unwritable, Integrity]) Alarms.Add(0, new KeyValuePair<string, object?>("kind", kind));
    }

    /// <param name="kind">One of few words, never anything that came from outside: <c>unwritable</c>.</param>
    public static void Alarm(string kind) => Alarms.Add(1, new KeyValuePair<string, object?>("kind", kind));
}
