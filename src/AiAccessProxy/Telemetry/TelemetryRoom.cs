using AiAccessProxy.Settings;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using OpenTelemetry.Logs;
using OpenTelemetry.Resources;

namespace AiAccessProxy.Telemetry;

/// <summary>
/// OTLP export of traces, metrics and logs by the standard <c>OTEL_*</c> variables, metrics for those who scrape, and logs in the process's
/// own streams.
/// </summary>
internal static class TelemetryRoom
{
    internal static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration settings)
    {
        // What the server would say by itself of a request nobody has redacted; ServerSpan says it instead.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", true);
        services
            .AddSettings<TelemetryOptions>(settings)
            .AddSingleton<MetricsText>()
            .AddSingleton<IConfigureOptions<ConsoleLoggerOptions>, LogOutput>()
            .AddHostedService(_ => new TraceContinuation(isExported: new OtlpSignal("TRACES", settings).IsWanted))
            .AddHostedService(provider => new TelemetryExport(
                settings, provider.GetRequiredService<IOptions<TelemetryOptions>>(), provider.GetRequiredService<MetricsText>()))
            .AddLogging(logging => logging.AddConsoleFormatter<JsonLines, ConsoleFormatterOptions>());
        var logs = new OtlpSignal("LOGS", settings);
        if (!logs.IsWanted) return services;
        return services.AddLogging(logging => logging.AddOpenTelemetry(options =>
        {
            var resource = ResourceBuilder.CreateEmpty();
            TelemetryExport.Describe(resource);
            options.IncludeFormattedMessage = true;
            options.SetResourceBuilder(resource).AddOtlpExporter(logs.Apply);
        }));
    }
}
