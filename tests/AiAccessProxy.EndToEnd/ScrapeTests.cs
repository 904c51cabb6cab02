using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using AiAccessProxy.EndToEnd.Harness;
using AiAccessProxy.Telemetry;

namespace AiAccessProxy.EndToEnd;

/// <summary>A real Prometheus scrapes the built program, and <c>promtool</c> finds nothing to say against what it gets.</summary>
public class ScrapeTests
{
    private const string Token = "a-scrapers-token-of-good-length-0123456789";

    /// <summary>What a program without channels for messages, and with a ledger of its own, has nothing to say of.</summary>
    private static readonly MetricSpec[] OfOthers = [Metrics.ChannelDeliveries, Metrics.ChannelFailing, Metrics.LedgerLag];

    [Fact]
    public async Task Prometheus_knows_every_metric_of_the_product_after_a_day_of_calls_and_votes()
    {
        await using var upstream = new RawUpstream();
        using var scratch = new Scratch();
        await using var world = await World.StartInAsync(
            scratch,
            policies => policies.Route("api", upstream.Address, Rules.WritesWait).Route("gone", new Uri("http://127.0.0.1:1"), Rules.ReadsPass),
            ["--telemetry:metricsToken", Token]);
        await using var prometheus = await PrometheusProcess.StartAsync(
            scratch.Folder("prometheus"), world.Proxy.Console, Token);
        var trace = await DayAsync(world);

        var names = Metrics.All.Except(OfOthers).Select(metric => PrometheusNames.Metric(metric) + (metric.Kind == MetricKind.Histogram ? "_bucket" : "")).ToHashSet();
        await Eventually.HoldsAsync(
            async () => await prometheus.AskAsync("/api/v1/label/__name__/values?match[]={job=%22ai-access%22}") is { } known
                && names.IsSubsetOf(known.EnumerateArray().Select(name => name.GetString()!)),
            $"Prometheus knows {string.Join(", ", names)}");
        var decisions = await Eventually.GetAsync(
            () => ResultAsync(prometheus, "ai_access_decisions_total{effect=\"require_approval\"} >= 2"), "the decisions are counted");
        var labels = Assert.Single(JsonDocument.Parse(decisions).RootElement.EnumerateArray()).GetProperty("metric");
        Assert.Equal(("high", "api", "write"), (Text(labels, "risk"), Text(labels, "route"), Text(labels, "rule")));
        // An exemplar is told once: a scrape that takes too long on a busy machine loses it, and the next call has another. One agent asks for all
        // of them: a client and a connection for each try made the machine busier still.
        var bot = world.Agent();
        await Eventually.HoldsAsync(
            async () =>
            {
                await bot.SendAsync("GET", "/api/5", null, default, ("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom().ToHexString()}-01"));
                return (await prometheus.AskAsync($"/api/v1/query_exemplars?query=ai_access_decisions_total&start={Past}&end={Future}"))?.ToString()
                    .Contains(trace, StringComparison.Ordinal) == true;
            },
            "an exemplar leads to the trace");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/openmetrics-text")]
    public async Task Promtool_finds_nothing_wrong_and_no_label_holds_an_id(string format)
    {
        await using var upstream = new RawUpstream();
        using var scratch = new Scratch();
        await using var world = await World.StartInAsync(
            scratch,
            policies => policies.Route("api", upstream.Address, Rules.WritesWait).Route("gone", new Uri("http://127.0.0.1:1"), Rules.ReadsPass), []);
        var trace = await DayAsync(world);

        using var scraper = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        scraper.DefaultRequestHeaders.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(format));
        var text = await scraper.GetStringAsync(new Uri(world.Proxy.Console, "/metrics"), TestContext.Current.CancellationToken);
        var declared = Metrics.All.ToDictionary(PrometheusNames.Metric, metric => metric.Labels.Select(label => label.Name).Append("le").ToHashSet());
        foreach (var line in text.Split('\n').Where(line => line.StartsWith("ai_access_", StringComparison.Ordinal)))
        {
            var name = line.Split('{', ' ')[0];
            var family = declared.Keys.Single(one => name == one || name == one + "_bucket" || name == one + "_sum" || name == one + "_count");
            var labels = line.Contains('{', StringComparison.Ordinal) && line[name.Length] == '{' ? line[(name.Length + 1)..line.IndexOf('}', StringComparison.Ordinal)] : "";
            Assert.Subset(declared[family], labels.Split("\",", StringSplitOptions.RemoveEmptyEntries).Select(label => label.Split('=')[0]).ToHashSet());
        }

        if (format == "application/openmetrics-text")
        {
            Assert.Contains($"trace_id=\"{trace}\"", text, StringComparison.Ordinal);
            return;
        }

        foreach (var id in new[] { "\"bot\"", "\"grace\"", "\"ada\"", trace }) Assert.DoesNotContain(id, text, StringComparison.Ordinal);
        var file = Path.Combine(scratch.Folder("metrics"), "metrics.txt");
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        await using var promtool = ChildProcess.Start("/bin/sh", ["-c", "exec \"$0\" check metrics < \"$1\"", Built.Tool("promtool"), file]);
        Assert.Equal((0, ""), (await promtool.ExitAsync(Eventually.Generous), promtool.Errors));
    }

    private static long Past => DateTimeOffset.UnixEpoch.ToUnixTimeSeconds();

    private static long Future => TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds();

    /// <summary>Something of everything that is counted. Gives the trace of a call.</summary>
    private static async Task<string> DayAsync(World world)
    {
        var (bot, grace, ada) = (world.Agent(), world.Reviewer("grace"), world.Reviewer("ada"));
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        var approved = bot.SendAsync("DELETE", "/api/1", null, default, ("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom().ToHexString()}-01"));
        var first = await grace.OnlyPendingAsync(approved);
        Assert.Equal(403, (await ada.ApproveAsync(first)).Status);
        Assert.Equal(200, (await grace.ApproveAsync(first)).Status);
        Assert.Equal(200, (await approved).Status);
        var denied = bot.PostAsync("/api/2", """{ "x": 1 }""");
        await grace.DenyAsync(await grace.OnlyPendingAsync(denied), "no");
        Assert.Equal(403, (await denied).Status);
        Assert.Equal(200, (await bot.GetAsync("/api/3")).Status);
        Assert.Equal(502, (await bot.GetAsync("/gone/4")).Status);
        return trace;
    }

    private static async Task<string?> ResultAsync(PrometheusProcess prometheus, string query) =>
        await prometheus.AskAsync($"/api/v1/query?query={Uri.EscapeDataString(query)}") is { } data
            && data.GetProperty("result") is var result && result.GetArrayLength() > 0 ? result.GetRawText() : null;

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
