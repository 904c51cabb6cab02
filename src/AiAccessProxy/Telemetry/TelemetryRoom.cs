using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Resources;

namespace AiAccessProxy.Telemetry;

/// <summary>OTLP export of traces, metrics and logs by the standard <c>OTEL_*</c> variables; nothing at all while no endpoint is set.</summary>
internal static class TelemetryRoom
{
    internal static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration settings)
    {
        services.AddHostedService<TraceContinuation>();
        var logs = new OtlpSignal("LOGS", settings);
        if (logs.IsWanted)
            services.AddLogging(logging => logging.AddOpenTelemetry(options =>
            {
                var resource = ResourceBuilder.CreateEmpty();
                TelemetryExport.Describe(resource);
                options.IncludeFormattedMessage = true;
                options.SetResourceBuilder(resource).AddOtlpExporter(logs.Apply);
            }));

        if (!new OtlpSignal("TRACES", settings).IsWanted && !new OtlpSignal("METRICS", settings).IsWanted) return services;

        // What the server would say by itself of a request nobody has redacted; ServerSpan says it instead.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", true);
        return services.AddHostedService(_ => new TelemetryExport(settings));
    }
}
