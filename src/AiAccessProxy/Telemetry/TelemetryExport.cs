using System.Reflection;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AiAccessProxy.Telemetry;

/// <summary>
/// Gathers traces and metrics while the process runs, and sends them out where an endpoint is set. Best effort: nothing waits for it, its
/// queues are bounded, and what they cannot take is dropped.
/// </summary>
internal sealed class TelemetryExport(IConfiguration settings, IOptions<TelemetryOptions> options, MetricsText text) : IHostedService, IDisposable
{
    /// <summary>Stopping is not held up for longer by a collector that does not take what is left.</summary>
    private const int LastWordsMilliseconds = 3000;

    private OpenTelemetrySdk? _sdk;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var (traces, metrics) = (new OtlpSignal("TRACES", settings), new OtlpSignal("METRICS", settings));
        _sdk = OpenTelemetrySdk.Create(sdk =>
        {
            sdk.Services.AddSingleton(settings);
            sdk.ConfigureResource(Describe);
            if (traces.IsWanted)
            {
                sdk.WithTracing(tracing => tracing
                    .AddSource(Signals.Name, "Microsoft.AspNetCore")
                    .AddProcessor(new IdentityProcessor(options.Value))
                    .AddOtlpExporter(traces.Apply));
            }

            if (metrics.IsWanted || options.Value.Metrics) sdk.WithMetrics(metering => Meter(metering, metrics));
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Comes after every other service has stopped, so that their last words are still sent.</summary>
    public void Dispose()
    {
        if (_sdk is not { } sdk) return;
        Parallel.Invoke(() => sdk.TracerProvider.Shutdown(LastWordsMilliseconds), () => sdk.MeterProvider.Shutdown(LastWordsMilliseconds));
        sdk.Dispose();
        _sdk = null;
    }

    /// <summary>What OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say comes last and wins.</summary>
    public static void Describe(ResourceBuilder resource) => resource
        .Clear()
        .AddService("ai-access-proxy", serviceVersion: typeof(TelemetryExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion)
        .AddTelemetrySdk()
        .AddEnvironmentVariableDetector();

    private void Meter(MeterProviderBuilder metering, OtlpSignal otlp)
    {
        metering
            .AddMeter(Signals.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime")
            .SetExemplarFilter(ExemplarFilterType.TraceBased)
            .AddView(instrument => instrument.Meter.Name switch
            {
                // Without network.peer.address: there are as many as an upstream's name has addresses, over time.
                "System.Net.Http" => new MetricStreamConfiguration { TagKeys = UpstreamLabels },
                // Nobody asks for them, and Prometheus keeps the ending for histograms.
                "System.Runtime" when instrument.Name.EndsWith(".count", StringComparison.Ordinal) => MetricStreamConfiguration.Drop,
                _ => null,
            });
        if (options.Value.Metrics) metering.AddReader(new BaseExportingMetricReader(text));
        if (otlp.IsWanted) metering.AddOtlpExporter(otlp.Apply);
    }

    private static string[] UpstreamLabels { get; } =
    [
        "http.request.method", "http.response.status_code", "error.type", "server.address", "server.port", "url.scheme", "network.protocol.version",
        "http.connection.state",
    ];
}
