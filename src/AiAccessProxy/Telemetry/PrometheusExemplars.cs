using OpenTelemetry.Metrics;

namespace AiAccessProxy.Telemetry;

/// <summary>The exemplars of a metric's point that lead to a trace.</summary>
internal static class PrometheusExemplars
{
    public static List<PrometheusExemplar> Of(in MetricPoint point, bool isLong)
    {
        var found = new List<PrometheusExemplar>();
        if (!point.TryGetExemplars(out var exemplars)) return found;
        foreach (ref readonly var exemplar in exemplars)
        {
            if (exemplar.TraceId == default) continue;
            // The two share their bits, and the exemplar does not say which it is.
            var value = isLong ? exemplar.LongValue : exemplar.DoubleValue;
            found.Add(new(value, exemplar.TraceId.ToHexString(), exemplar.SpanId.ToHexString(), exemplar.Timestamp));
        }

        return found;
    }

    public static PrometheusExemplar? Last(in MetricPoint point, bool isLong) => Of(point, isLong).MaxBy(exemplar => exemplar.At);
}
