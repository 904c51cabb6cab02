using System.Globalization;
using AiAccessProxy.EndToEnd.Harness;

namespace AiAccessProxy.EndToEnd;

/// <summary>A real Prometheus behind the proxy: queries pass, and deleting series waits for a person.</summary>
public class PrometheusTests
{
    private const string Series = "up%7Bjob%3D%22itself%22%7D";

    private const string Policy = """
        - id: query
          match: { methods: [GET, POST], paths: ["/api/v1/query", "/api/v1/query_range", "/api/v1/series"] }
          effect: allow
        - id: delete-series
          action: metrics.delete
          match: { methods: [POST, PUT], paths: ["/api/v1/admin/tsdb/delete_series"] }
          effect: require_approval
          risk: critical
          summary: "Delete the series {query.match[]}"
          show: ["query.match[]", query.end]
          approval: { need: [{ approvals: 1, from: [group:reviewers] }], decide_within: 10m, use_within: 10m }
        """;

    [Fact]
    public async Task Queries_pass_and_delete_series_waits_for_a_person_and_is_done_once()
    {
        using var scratch = new Scratch();
        await using var prometheus = await PrometheusProcess.StartAsync(scratch.Folder("prometheus"));
        await using var world = await World.StartAsync(policies => policies.Route("prometheus", prometheus.Address, Policy));
        var (bot, grace) = (world.Agent(), world.Reviewer("grace"));
        var sample = await Eventually.GetAsync(() => SampleAsync(bot, null), "Prometheus has seen itself");
        var deletion = $"/prometheus/api/v1/admin/tsdb/delete_series?match%5B%5D={Series}&end={sample}";

        var denied = bot.SendAsync("POST", deletion, null);
        await grace.DenyAsync(await grace.OnlyPendingAsync(), "these series are evidence");
        Assert.Equal("403 denied-by-reviewer", (await denied).Said);
        Assert.Contains("these series are evidence", (await denied).Body, StringComparison.Ordinal);
        Assert.Equal((sample, 0), (await SampleAsync(bot, sample), await prometheus.DeletionsAsync()));

        await using var curl = Curl(world, deletion);
        var ticket = await grace.OnlyPendingAsync();
        Assert.Equal((sample, 0), (await SampleAsync(bot, sample), await prometheus.DeletionsAsync()));
        await grace.ApproveAsync(ticket);
        Assert.Equal((0, "204"), (await curl.ExitAsync(Eventually.Generous), curl.Output));
        Assert.Equal((null, 1), (await SampleAsync(bot, sample), await prometheus.DeletionsAsync()));

        var story = await world.Story.OfSentAsync(ticket);
        Assert.Equal(
            ["ticket.opened", "vote.approve", "ticket.approved", "ticket.executing", "call.executed"], story.Select(record => record.Kind));
        Assert.Equal("grace", Assert.Single(story, record => record.Kind == "vote.approve").Reviewer?.Id);
    }

    [Fact]
    public async Task Curl_shows_why_a_call_is_refused_and_passes_what_is_allowed()
    {
        using var scratch = new Scratch();
        await using var prometheus = await PrometheusProcess.StartAsync(scratch.Folder("prometheus"));
        await using var world = await World.StartAsync(policies => policies.Route("prometheus", prometheus.Address, Policy));

        await using var query = Curl(world, "/prometheus/api/v1/query", "--data-urlencode", "query=1+1");
        Assert.Equal(0, await query.ExitAsync(Eventually.Generous));
        Assert.Contains("\"2\"", query.Output, StringComparison.Ordinal);
        await using var shutdown = Curl(world, "/prometheus/-/quit", "--request", "PUT");
        Assert.Equal(0, await shutdown.ExitAsync(Eventually.Generous));
        Assert.Contains("urn:ai-access:problem:no-rule", shutdown.Output, StringComparison.Ordinal);
        Assert.EndsWith("403", shutdown.Output, StringComparison.Ordinal);
    }

    /// <summary>Curl as an agent: prints the answer and then its status.</summary>
    private static ChildProcess Curl(World world, string target, params string[] arguments) => ChildProcess.Start(
        Built.Tool("curl"),
        [
            "--silent", "--show-error", "--globoff", "--noproxy", "*", "--request", "POST", "--header", $"AiAccess-Token: {world.Policies.Bot.Text}",
            "--write-out", "%{http_code}", .. arguments, new Uri(world.Proxy.Agents, target).AbsoluteUri,
        ]);

    /// <summary>The time of the last sample of the series at <paramref name="time"/> (now when null), asked through the proxy; null when there is none.</summary>
    private static async Task<string?> SampleAsync(Agent agent, string? time)
    {
        var at = time is null ? "" : $"&time={time}";
        var answer = await agent.GetAsync($"/prometheus/api/v1/query?query=timestamp({Series}){at}");
        Assert.Equal(200, answer.Status);
        var result = answer.Json.GetProperty("data").GetProperty("result");
        return result.GetArrayLength() == 0
            ? null
            : decimal.Parse(result[0].GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
    }
}
