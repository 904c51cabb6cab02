using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AiAccessProxy.Telemetry;

/// <summary>The product's own activity source and meter. Best effort, unlike the ledger; ids are never metric labels.</summary>
internal static class Signals
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "AiAccess";

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    public static Counter<long> Counter(MetricSpec spec) => Meter.CreateCounter<long>(spec.Name, spec.Unit, spec.Description);

    public static UpDownCounter<long> UpDownCounter(MetricSpec spec) => Meter.CreateUpDownCounter<long>(spec.Name, spec.Unit, spec.Description);

    public static Histogram<double> Histogram(MetricSpec spec) => Meter.CreateHistogram(
        spec.Name, spec.Unit, spec.Description, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = spec.Buckets });

    /// <summary>For gauges, which belong to what they look at: dispose it with that.</summary>
    public static Meter OwnMeter() => new(Name);
}
