using System.Reflection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AiAccessProxy.Telemetry;

/// <summary>Sends traces and metrics out while the process runs, each when its endpoint is set. Best effort: nothing waits for it.</summary>
internal sealed class TelemetryExport(IConfiguration settings) : IHostedService, IDisposable
{
    private OpenTelemetrySdk? _sdk;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var (traces, metrics) = (new OtlpSignal("TRACES", settings), new OtlpSignal("METRICS", settings));
        _sdk = OpenTelemetrySdk.Create(sdk =>
        {
            sdk.Services.AddSingleton(settings);
            sdk.ConfigureResource(Describe);
            if (traces.IsWanted)
                sdk.WithTracing(tracing => tracing.AddSource(Signals.Name, "Microsoft.AspNetCore").AddOtlpExporter(traces.Apply));
            if (metrics.IsWanted)
                sdk.WithMetrics(metering => metering
                    .AddMeter(Signals.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime")
                    .AddOtlpExporter(metrics.Apply));
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Comes after every other service has stopped, so that their last words are still sent.</summary>
    public void Dispose() => _sdk?.Dispose();

    /// <summary>What OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say comes last and wins.</summary>
    public static void Describe(ResourceBuilder resource) => resource
        .Clear()
        .AddService("ai-access-proxy", serviceVersion: typeof(TelemetryExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion)
        .AddTelemetrySdk()
        .AddEnvironmentVariableDetector();
}
