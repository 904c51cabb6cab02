using System.Text.Json;
using AiAccessProxy.EndToEnd.Harness;

namespace AiAccessProxy.EndToEnd.Charts;

/// <summary>A query to Prometheus in a dashboard or an alert, with all that Grafana puts in.</summary>
internal sealed record Query(string File, string Text, IReadOnlyList<string>? Metrics, IReadOnlyList<string> Labels)
{
    public static IReadOnlyList<string> Dashboards { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(Chart.Folder, "dashboards"), "*.json").Order(StringComparer.Ordinal)];

    public static string Rules { get; } = Path.Combine(Chart.Folder, "rules", "alerts.yaml");

    /// <summary>All of those files, as Prometheus' own grammar reads them.</summary>
    public static async Task<IReadOnlyList<Query>> AllAsync(params IEnumerable<string> files) =>
        [.. (await Chart.NodeAsync("queries.mjs", [.. files])).Select(Read)];

    private static Query Read(string line)
    {
        var json = JsonDocument.Parse(line).RootElement;
        var metrics = json.GetProperty("metrics");
        return new(
            Path.GetFileName(json.GetProperty("file").GetString()!), json.GetProperty("query").GetString()!,
            metrics.ValueKind == JsonValueKind.Null ? null : Texts(metrics), Texts(json.GetProperty("labels")));
    }

    private static IReadOnlyList<string> Texts(JsonElement list) => [.. list.EnumerateArray().Select(one => one.GetString()!)];
}
