using System.Globalization;
using System.Text;
using OpenTelemetry.Metrics;

namespace AiAccessProxy.Telemetry;

/// <summary>Writes metrics in Prometheus' text format 0.0.4 or in OpenMetrics 1.0, which differ in how they name a counter and in exemplars.</summary>
internal sealed class PrometheusWriter(bool openMetrics)
{
    private readonly StringBuilder _text = new(16 * 1024);
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);

    /// <summary>What the metrics are of: <c>target_info</c>.</summary>
    public void Target(IEnumerable<KeyValuePair<string, object>> attributes)
    {
        Head("target_info", openMetrics ? "target" : "target_info", openMetrics ? "info" : "gauge", "", "What runs here.");
        Line("target_info", Labels(attributes.Select(one => new KeyValuePair<string, object?>(one.Key, one.Value))), "1");
    }

    public void Write(Metric metric)
    {
        var isHistogram = metric.MetricType == MetricType.Histogram;
        var isCounter = metric.MetricType is MetricType.LongSum or MetricType.DoubleSum;
        if (metric.MetricType == MetricType.ExponentialHistogram) return;
        var name = PrometheusNames.Metric(metric.Name, metric.Unit, isCounter);
        var family = openMetrics && isCounter ? name[..^"_total".Length] : name;
        if (!Head(name, family, isCounter ? "counter" : isHistogram ? "histogram" : "gauge", metric.Unit, metric.Description)) return;
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var labels = LabelsOf(point);
            if (isHistogram) Histogram(name, labels, point);
            else Line(name, labels, Value(metric.MetricType, point), isCounter ? PrometheusExemplars.Last(point, metric.MetricType == MetricType.LongSum) : null);
        }
    }

    public string End() => openMetrics ? _text.Append("# EOF\n").ToString() : _text.ToString();

    private static string LabelsOf(in MetricPoint point)
    {
        var labels = new List<KeyValuePair<string, object?>>();
        foreach (var label in point.Tags) labels.Add(label);
        return Labels(labels);
    }

    private static string Labels(IEnumerable<KeyValuePair<string, object?>> labels) => string.Join(',', labels
        .GroupBy(label => PrometheusNames.Label(label.Key), StringComparer.Ordinal)
        .Select(group => $"{group.Key}=\"{Escape(string.Join(';', group.Select(label => Words(label.Value))))}\""));

    private static string Words(object? value) => value switch
    {
        bool isTrue => isTrue ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Value(MetricType type, in MetricPoint point) => type switch
    {
        MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong().ToString(CultureInfo.InvariantCulture),
        MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => Number(point.GetSumDouble()),
        MetricType.LongGauge => point.GetGaugeLastValueLong().ToString(CultureInfo.InvariantCulture),
        _ => Number(point.GetGaugeLastValueDouble()),
    };

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private bool Head(string name, string family, string type, string unit, string description)
    {
        // A family is told once, whoever else may have a meter of that name.
        if (!_written.Add(name)) return false;
        _text.Append(CultureInfo.InvariantCulture, $"# HELP {family} {Escape(description)}\n# TYPE {family} {type}\n");
        if (openMetrics && PrometheusNames.UnitWords(unit) is { Length: > 0 } words && family.EndsWith("_" + words, StringComparison.Ordinal))
            _text.Append(CultureInfo.InvariantCulture, $"# UNIT {family} {words}\n");
        return true;
    }

    private void Histogram(string name, string labels, in MetricPoint point)
    {
        var exemplars = openMetrics ? PrometheusExemplars.Of(point, isLong: false) : [];
        var (below, from) = (0L, double.NegativeInfinity);
        foreach (var bucket in point.GetHistogramBuckets())
        {
            below += bucket.BucketCount;
            var (low, high) = (from, bucket.ExplicitBound);
            var limit = $"le=\"{(openMetrics && double.IsInteger(high) ? high.ToString("0.0", CultureInfo.InvariantCulture) : Number(high))}\"";
            Line(
                name + "_bucket", labels.Length == 0 ? limit : $"{labels},{limit}", below.ToString(CultureInfo.InvariantCulture),
                exemplars.Find(one => one.Value > low && one.Value <= high));
            from = high;
        }

        Line(name + "_sum", labels, Number(point.GetHistogramSum()));
        Line(name + "_count", labels, point.GetHistogramCount().ToString(CultureInfo.InvariantCulture));
    }

    private void Line(string name, string labels, string value, PrometheusExemplar? exemplar = null)
    {
        _text.Append(name);
        if (labels.Length > 0) _text.Append('{').Append(labels).Append('}');
        _text.Append(' ').Append(value);
        if (openMetrics && exemplar is { } of)
            _text.Append(CultureInfo.InvariantCulture, $" # {{trace_id=\"{of.Trace}\",span_id=\"{of.Span}\"}} {Number(of.Value)} {of.At.ToUnixTimeMilliseconds() / 1000.0:0.000}");
        _text.Append('\n');
    }
}
