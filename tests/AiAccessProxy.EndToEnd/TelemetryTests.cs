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
            scratch, policies => policies.Route("api", upstream.Address, Rules.WritesWait), [], Sending(collector));
        var (bot, grace) = (world.Agent(), world.Reviewer("grace"));
        var (trace, parent) = (ActivityTraceId.CreateRandom().ToHexString(), ActivitySpanId.CreateRandom().ToHexString());

        var held = bot.SendAsync("DELETE", "/api/things/1", null, default, ("traceparent", $"00-{trace}-{parent}-01"), ("tracestate", "vendor=agent"));
        var ticket = await grace.OnlyPendingAsync(held);
        Assert.Equal(200, (await grace.ApproveAsync(ticket)).Status);
        Assert.Equal(200, (await held).Status);
        var continued = Assert.Single(upstream.Requests).Header("traceparent")!.Split('-');
        Assert.Equal(trace, continued[1]);
        Assert.NotEqual(parent, continued[2]);
        Assert.All(await world.Story.OfSentAsync(ticket), record => Assert.True(record.Trace is null || record.Trace == trace));
        Assert.Contains(await world.Story.OfSentAsync(ticket), record => record.Trace == trace);

        await world.Proxy.StopAsync();
        var all = collector.Bodies("/v1/traces").SelectMany(OtlpSpan.In).ToList();
        var spans = all.Where(span => span.Trace == trace).ToList();
        Assert.All(spans, span => Assert.True(span.Parent == parent || spans.Exists(other => other.Id == span.Parent), $"{span} hangs in the air"));
        var call = Assert.Single(spans, span => span.Parent == parent);
        var hold = Assert.Single(spans, span => span.Name == "hold");
        var sent = Assert.Single(spans, span => span.Id == continued[2]);
        Assert.Equal((call.Id, call.Id), (hold.Parent, sent.Parent));
        Assert.Equal(("DELETE /api/**", "server"), (call.Name, call.Kind));
        Assert.Equal(("DELETE", "client"), (sent.Name, sent.Kind));
        Says(call, [
            ("http.request.method", "DELETE"), ("http.route", "/api/**"), ("http.response.status_code", "200"), ("url.scheme", "http"),
            ("url.path", "/things/1"), ("network.protocol.version", "1.1"), ("server.address", "127.0.0.1"),
            ("server.port", $"{world.Proxy.Agents.Port}"), ("ai_access.agent", "bot"), ("ai_access.route", "api"), ("ai_access.decision", "require_approval"),
            ("ai_access.risk", "high"), ("ai_access.rule", "write"), ("ai_access.rules", "write"), ("ai_access.action", "thing.change"),
            ("ai_access.ticket", ticket),
        ]);
        Assert.Equal(64, call.Attributes["ai_access.policy"].Length);
        Assert.Contains(await world.Story.OfSentAsync(ticket), record => record.Id.ToString() == call.Attributes["ai_access.record"]);
        Says(sent, [
            ("http.request.method", "DELETE"), ("http.response.status_code", "200"), ("server.address", "127.0.0.1"), ("ai_access.route", "api"),
            ("url.full", $"http://127.0.0.1:{upstream.Address.Port}/things/1"),
        ]);
        Says(hold, [("ai_access.ticket", ticket), ("ai_access.risk", "high"), ("ai_access.ticket.status", "approved")]);
        Assert.Equal(["opened", "vote", "decided"], hold.Events.Select(one => one.Name));

        var vote = Assert.Single(all, span => span.Name == "vote");
        Assert.NotEqual(trace, vote.Trace);
        Assert.Equal((call.Trace, call.Id), Assert.Single(vote.Links));
        Assert.Equal((vote.Trace, vote.Id), Assert.Single(hold.Links));
        Says(vote, [("ai_access.vote", "approve"), ("ai_access.channel", "api"), ("ai_access.reviewer", "grace"), ("ai_access.ticket", ticket)]);
        Assert.Equal("POST /api/v1/tickets/{id}/votes", Assert.Single(all, span => span.Id == vote.Parent).Name);
        Assert.DoesNotContain(all.SelectMany(span => span.Attributes.Keys), name => name is "url.query" or "user_agent.original" or "client.address");

        foreach (var metric in new[] { "ai_access.decisions", "ai_access.approval.wait.duration", "ai_access.held_calls" })
            Assert.True(collector.Has("/v1/metrics", metric), metric);
        Assert.False(collector.Has("/v1/metrics", ticket), "an id is a metric's label");
    }

    [Fact]
    public async Task What_the_upstream_or_the_proxy_fails_at_is_an_error_and_what_a_rule_denies_is_none()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        using var scratch = new Scratch();
        await using var world = await World.StartInAsync(
            scratch, policies => policies.Route("api", new Uri("http://127.0.0.1:1"), Rules.ReadsPass), ["--telemetry:identities", "none"], Sending(collector));
        Assert.Equal(502, (await world.Agent().GetAsync("/api/x")).Status);
        Assert.Equal(403, (await world.Agent().SendAsync("POST", "/api/x", null)).Status);
        Assert.Equal(404, (await world.Agent().GetAsync("/secret-elsewhere")).Status);
        await world.Proxy.StopAsync();

        var spans = collector.Bodies("/v1/traces").SelectMany(OtlpSpan.In).ToList();
        var failed = Assert.Single(spans, span => span.Name == "GET /api/**");
        Says(failed, [("http.response.status_code", "502"), ("error.type", "not-sent"), ("ai_access.problem", "not-sent"), ("ai_access.rule", "read")]);
        var sent = Assert.Single(spans, span => span.Kind == "client");
        Says(sent, [("error.type", "refused")]);
        var denied = Assert.Single(spans, span => span.Name == "POST /api/**");
        Says(denied, [("ai_access.decision", "deny"), ("ai_access.rule", "none"), ("ai_access.problem", "no-rule"), ("http.response.status_code", "403")]);
        Assert.Equal("404", Assert.Single(spans, span => span is { Name: "GET", Kind: "server" }).Attributes["http.response.status_code"]);
        Assert.Equal((true, true, false), (failed.IsError, sent.IsError, denied.IsError));
        Assert.DoesNotContain(spans, span => span.Attributes.ContainsKey("ai_access.agent"));
        Assert.False(collector.Has("/v1/traces", "secret-elsewhere"));
    }

    [Fact]
    public async Task Without_any_export_the_trace_goes_on_and_the_log_names_it_but_no_path()
    {
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, Rules.WritesWait));
        var trace = ActivityTraceId.CreateRandom().ToHexString();

        var held = world.Agent().SendAsync(
            "DELETE", "/api/things/secret-in-the-path", null, default, ("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom().ToHexString()}-01"));
        var grace = world.Reviewer("grace");
        Assert.Equal(200, (await grace.ApproveAsync(await grace.OnlyPendingAsync(held))).Status);
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

    internal static Dictionary<string, string?> Sending(OtlpReceiver collector) => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
    };

    private static void Says(OtlpSpan span, (string Name, string Value)[] attributes)
    {
        foreach (var (name, value) in attributes)
            Assert.True(span.Attributes.TryGetValue(name, out var said) && said == value, $"{span.Name}: {name} is {said}, not {value}");
    }
}
