using System.Globalization;
using System.Text.Json;
using AiAccessProxy.EndToEnd.Harness;

namespace AiAccessProxy.EndToEnd.Charts;

/// <summary>A real Prometheus scrapes a proxy on which something happens, and every panel of the dashboards has something to show.</summary>
public class DashboardDataTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly Uri Nowhere = new("http://127.0.0.1:9");

    private const string Policy = """
        - id: read
          match: { methods: [GET], paths: ["/**"] }
          effect: allow
        - id: write
          match: { methods: [DELETE], paths: ["/**"] }
          effect: require_approval
          risk: high
          summary: "Delete it"
          approval: { need: [{ approvals: 1, from: [group:reviewers] }] }
        """;

    [Fact]
    public async Task Every_query_of_every_dashboard_returns_data()
    {
        using var scratch = new Scratch();
        await using var upstream = new RawUpstream();
        await using var world = await World.StartAsync(policies => policies.Route("api", upstream.Address, Policy).Route("gone", Nowhere, Policy));
        await using var prometheus = await PrometheusProcess.StartAsync(scratch.Folder("prometheus"), world.Proxy.Console);
        var left = (await Query.AllAsync(Query.Dashboards)).Select(query => query.Text).ToHashSet();
        using var http = new HttpClient { BaseAddress = prometheus.Address };

        try
        {
            await Eventually.HoldsAsync(
                async () =>
                {
                    await HappenAsync(world);
                    foreach (var query in left.ToList())
                        if (await HasDataAsync(http, query)) left.Remove(query);
                    return left.Count == 0;
                },
                "every query returns data", Patience);
        }
        catch (TimeoutException)
        {
            Assert.Empty(left);
        }
    }

    /// <summary>One of each thing that the dashboards tell of.</summary>
    private static async Task HappenAsync(World world)
    {
        var bot = world.Agent();
        Assert.Equal(200, (await bot.GetAsync("/api/things")).Status);
        Assert.Equal(502, (await bot.GetAsync("/gone/things")).Status);
        Assert.Equal(403, (await bot.SendAsync("PUT", "/api/things/1", "{}")).Status);

        var (grace, ada) = (world.Reviewer("grace"), world.Reviewer("ada"));
        foreach (var approve in new[] { true, false })
        {
            var held = bot.DeleteAsync($"/api/things/{Guid.NewGuid():N}");
            var ticket = await grace.OnlyPendingAsync();
            Assert.NotEqual(200, (await ada.ApproveAsync(ticket)).Status);
            Assert.Equal(200, (await (approve ? grace.ApproveAsync(ticket) : grace.DenyAsync(ticket, "not today"))).Status);
            Assert.Equal(approve ? 200 : 403, (await held).Status);
        }
    }

    private static async Task<bool> HasDataAsync(HttpClient prometheus, string query)
    {
        var answer = JsonDocument.Parse(await prometheus.GetStringAsync(new Uri($"/api/v1/query?query={Uri.EscapeDataString(query)}", UriKind.Relative))).RootElement;
        return answer.GetProperty("data").GetProperty("result").EnumerateArray()
            .Any(series => double.Parse(series.GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture) is var value && !double.IsNaN(value));
    }
}
