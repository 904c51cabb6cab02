namespace AiAccessProxy.Telemetry;

/// <summary>What kind of instrument a metric is.</summary>
internal enum MetricKind
{
    Counter,
    UpDownCounter,
    Gauge,
    Histogram,
}
