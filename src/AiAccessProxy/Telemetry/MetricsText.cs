using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace AiAccessProxy.Telemetry;

/// <summary>
/// The metrics of the process as text, when somebody asks. The exporter package for it has been a preview for years, and the format is
/// small. Asked more often than once a second it says the same again, so that scraping costs no more than that.
/// </summary>
[ExportModes(ExportModes.Pull)]
internal sealed class MetricsText(TimeProvider time) : BaseExporter<Metric>, IPullMetricExporter
{
    private const int LongestCollectionMilliseconds = 5000;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<bool, (long At, string Text)> _last = [];
    private PrometheusWriter? _writing;

    public Func<int, bool>? Collect { get; set; }

    /// <param name="openMetrics">OpenMetrics 1.0, with exemplars; else Prometheus' text format 0.0.4.</param>
    public string Read(bool openMetrics)
    {
        lock (_lock)
        {
            if (_last.TryGetValue(openMetrics, out var last) && time.GetElapsedTime(last.At) < Fresh) return last.Text;
            _writing = new(openMetrics);
            if (ParentProvider?.GetResource() is { } resource) _writing.Target(resource.Attributes);
            Collect?.Invoke(LongestCollectionMilliseconds);
            var text = _writing.End();
            (_writing, _last[openMetrics]) = (null, (time.GetTimestamp(), text));
            return text;
        }
    }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        // Its end also collects, for nobody.
        if (_writing is not { } writer) return ExportResult.Success;
        foreach (var metric in batch) writer.Write(metric);
        return ExportResult.Success;
    }
}
