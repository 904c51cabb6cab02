using System.Diagnostics;
using AiAccessProxy.EndToEnd.Harness;
using AiAccessProxy.Tests.Telemetry;

namespace AiAccessProxy.EndToEnd;

/// <summary>One trace from the agent through the gate and the hold to the upstream, and the metrics of what was decided, as OTLP.</summary>
public class TelemetryTests
{
    [Fact]
    public async Task A_held_call_is_one_trace_from_the_agent_to_the_upstream()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await using var upstream = new RawUpstream();
        using var scratch = new Scratch();
        await using var world = await World.StartInAsync(
            scratch, policies => policies.Route("api", upstream.Address, Rules.WritesWait), [], new Dictionary<string, string?>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
            });
        var (bot, grace) = (world.Agent(), world.Reviewer("grace"));
        var (trace, parent) = (ActivityTraceId.CreateRandom().ToHexString(), ActivitySpanId.CreateRandom().ToHexString());

        var held = bot.SendAsync("DELETE", "/api/things/1", null, default, ("traceparent", $"00-{trace}-{parent}-01"), ("tracestate", "vendor=agent"));
        var ticket = await grace.OnlyPendingAsync();
        await grace.ApproveAsync(ticket);
        Assert.Equal(200, (await held).Status);
        var continued = Assert.Single(upstream.Requests).Header("traceparent")!.Split('-');
        Assert.Equal(trace, continued[1]);
        Assert.NotEqual(parent, continued[2]);
        Assert.All(await world.Story.OfSentAsync(ticket), record => Assert.True(record.Trace is null || record.Trace == trace));
        Assert.Contains(await world.Story.OfSentAsync(ticket), record => record.Trace == trace);

        await world.Proxy.StopAsync();
        var spans = collector.Bodies("/v1/traces").SelectMany(OtlpSpan.In).Where(span => span.Trace == trace).ToList();
        var sent = Assert.Single(spans, span => span.Id == continued[2]);
        var way = WayUp(sent, spans).ToList();
        Assert.Equal(parent, way[^1].Parent);
        Assert.Contains(spans, span => span.Name.Contains("hold", StringComparison.OrdinalIgnoreCase));
        Assert.All(spans, span => Assert.True(span.Parent == parent || spans.Exists(other => other.Id == span.Parent), $"{span} hangs in the air"));
        foreach (var metric in new[] { "ai_access.decisions", "ai_access.approval.wait.duration", "ai_access.held_calls" })
            Assert.True(collector.Has("/v1/metrics", metric), metric);
        Assert.False(collector.Has("/v1/metrics", ticket), "an id is a metric's label");
    }

    [Fact]
    public async Task Without_any_export_the_trace_goes_on_and_the_log_names_it_but_no_path()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, Rules.WritesWait));
        var trace = ActivityTraceId.CreateRandom().ToHexString();

        var held = world.Agent().SendAsync(
            "DELETE", "/api/things/secret-in-the-path", null, default, ("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom().ToHexString()}-01"));
        var ticket = await world.Reviewer("grace").OnlyPendingAsync();
        await world.Reviewer("grace").ApproveAsync(ticket);
        Assert.Equal(200, (await held).Status);
        await world.Proxy.StopAsync();

        Assert.Equal([trace, "01"], Assert.Single(upstream.Requests).Header("traceparent")!.Split('-') is [_, var id, _, var flags] ? [id, flags] : []);
        Assert.Contains(trace, world.Proxy.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-in-the-path", world.Proxy.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_exported_when_no_variable_asks_for_it()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await using var world = await World.StartAsync(policies => policies.Route("api", new Uri(collector.Url), Rules.ReadsPass));
        Assert.Equal(200, (await world.Agent().GetAsync("/api/x")).Status);
        await world.Proxy.StopAsync();
        Assert.Equal(["/x"], collector.Paths);
    }

    private static IEnumerable<OtlpSpan> WayUp(OtlpSpan from, IReadOnlyList<OtlpSpan> spans)
    {
        for (var at = from; at is not null; at = spans.FirstOrDefault(span => span.Id == at.Parent)) yield return at;
    }
}
