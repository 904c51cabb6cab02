using System.Text.Json;
using AiAccessProxy.EndToEnd.Harness;

namespace AiAccessProxy.EndToEnd.Charts;

/// <summary>What dashboards and alerts ask is there to be asked.</summary>
public class QueryTests
{
    [Fact]
    public async Task Every_query_parses_and_asks_for_metrics_and_labels_that_the_program_has()
    {
        var queries = await Query.AllAsync([.. Query.Dashboards, Query.Rules]);

        Assert.True(queries.Count > 50, $"{queries.Count} queries");
        Assert.Empty(queries.Where(query => query.Metrics is null or []).Select(query => $"{query.File}: {query.Text}"));
        foreach (var query in queries)
        {
            Assert.All(query.Metrics!, metric => Assert.True(MetricTable.Labels.ContainsKey(metric), $"{query.File}: {metric} is no metric"));
            var known = query.Metrics!.SelectMany(metric => MetricTable.Labels[metric]).ToHashSet();
            Assert.All(query.Labels, label => Assert.True(known.Contains(label), $"{query.File}: nothing has the label {label} in {query.Text}"));
        }
    }

    [Fact]
    public async Task A_query_that_is_broken_is_found()
    {
        using var scratch = new Scratch();
        var file = scratch.File("broken.json", """
            { "templating": { "list": [] }, "panels": [ { "targets": [
              { "datasource": { "type": "prometheus" }, "expr": "sum(rate(a[5m])" }, { "datasource": { "type": "prometheus" }, "expr": "sum by (x) ($unknown)" },
              { "datasource": { "type": "prometheus" }, "expr": "{job=\"a\"}" }, { "datasource": { "type": "prometheus" }, "expr": "sum by (x) (rate(a_total{b=\"c\"}[$__rate_interval]))" } ] } ] }
            """);

        var queries = await Query.AllAsync(file);

        Assert.Equal([null, null, null, "a_total"], queries.Select(query => query.Metrics?.Single()));
        Assert.Equal(["x", "b"], queries[3].Labels);
    }

    [Fact]
    public async Task Promtool_accepts_the_rules_and_they_do_what_their_tests_say()
    {
        using var scratch = new Scratch();
        var tests = (await File.ReadAllTextAsync(Path.Combine(Built.Root, "tests/Charts/alerts.test.yaml"), TestContext.Current.CancellationToken)).Replace("[RULES]", $"['{Query.Rules}']", StringComparison.Ordinal);
        var alerts = File.ReadLines(Query.Rules).Where(line => line.Contains("- alert: ", StringComparison.Ordinal)).Select(line => line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..]);
        Assert.All(alerts, alert => Assert.Matches($"alertname: {alert}\\b", tests));

        foreach (var arguments in new[] { new[] { "check", "rules", Query.Rules }, ["test", "rules", scratch.File("tests.yaml", tests)] })
        {
            await using var promtool = ChildProcess.Start(Built.Tool("promtool"), arguments);
            Assert.True(await promtool.ExitAsync(TimeSpan.FromMinutes(1)) == 0, promtool.Output + promtool.Errors);
        }
    }

    [Fact]
    public void Each_dashboard_takes_its_data_from_variables_and_leads_to_traces_and_tickets()
    {
        var uids = new HashSet<string>();
        Assert.Equal(["agent.json", "approvals.json", "ledger.json", "overview.json"], Query.Dashboards.Select(path => Path.GetFileName(path)));
        foreach (var path in Query.Dashboards)
        {
            var text = File.ReadAllText(path);
            var board = JsonDocument.Parse(text).RootElement;
            Assert.True(uids.Add(board.GetProperty("uid").GetString()!));
            var panels = board.GetProperty("panels").EnumerateArray().ToList();
            Assert.Distinct(panels.Select(panel => panel.GetProperty("id").GetInt32()));
            var variables = board.GetProperty("templating").GetProperty("list").EnumerateArray().ToDictionary(one => one.GetProperty("name").GetString()!, one => one.GetProperty("type").GetString()!);
            Assert.All(["prometheus", "tempo", "loki"], name => Assert.Equal("datasource", variables[name]));
            foreach (var source in panels.SelectMany(panel => panel.TryGetProperty("targets", out var targets) ? targets.EnumerateArray().ToList() : []).Select(target => target.GetProperty("datasource")))
                Assert.Equal($"${{{source.GetProperty("type").GetString()}}}", source.GetProperty("uid").GetString());
            Assert.Contains("${console}/tickets/${__value.text}", text, StringComparison.Ordinal);
            Assert.Contains("\"queryType\": \"traceql\"", text, StringComparison.Ordinal);
        }
    }
}
