using System.Diagnostics;
using System.Diagnostics.Metrics;
using AiAccessProxy.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AiAccessProxy.Tests.Telemetry;

public class TelemetryRoomTests
{
    [Fact]
    public async Task Traces_metrics_and_logs_with_the_trace_id_reach_the_collector_that_the_standard_variable_names()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        var trace = await RunAsync(new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        });

        Assert.True(collector.Has("/v1/traces", trace));
        Assert.True(collector.Has("/v1/logs", trace));
        Assert.True(collector.Has("/v1/logs", "held for people"));
        Assert.True(collector.Has("/v1/metrics", "ai_access.decisions"));
        foreach (var path in collector.Paths) Assert.True(collector.Has(path, "ai-access-proxy"));
    }

    [Theory]
    [InlineData("TRACES", "/v1/traces")]
    [InlineData("METRICS", "/v1/metrics")]
    [InlineData("LOGS", "/v1/logs")]
    public async Task A_variable_of_one_signal_sends_that_signal_alone(string signal, string path)
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await RunAsync(new()
        {
            [$"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"] = collector.Url + path,
            [$"OTEL_EXPORTER_OTLP_{signal}_PROTOCOL"] = "http/protobuf",
        });

        Assert.Equal([path], collector.Paths);
    }

    [Fact]
    public async Task Nothing_is_exported_when_the_sdk_is_disabled()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await RunAsync(new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url, ["OTEL_SDK_DISABLED"] = "true" });

        Assert.Empty(collector.Paths);
    }

    private static readonly Counter<long> Decisions = Signals.Counter(Metrics.Decisions);

    /// <summary>Lives through one short life of a process; gives the id of the trace it made.</summary>
    private static async Task<byte[]> RunAsync(Dictionary<string, string?> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddSingleton(TimeProvider.System).AddTelemetry(builder.Configuration);
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);

        using var parent = new Activity("agent").SetIdFormat(ActivityIdFormat.W3C).Start();
        parent.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        using (Signals.Source.StartActivity("decide"))
        {
            Decisions.Add(1);
            host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Gate").LogWarning("held for people");
        }

        await host.StopAsync(TestContext.Current.CancellationToken);
        return Convert.FromHexString(parent.TraceId.ToHexString());
    }
}
