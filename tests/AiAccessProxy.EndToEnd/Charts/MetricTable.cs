using System.Text.RegularExpressions;
using AiAccessProxy.EndToEnd.Harness;

namespace AiAccessProxy.EndToEnd.Charts;

/// <summary>The metrics in docs/telemetry.md by what <c>/metrics</c> calls them, each with its labels; that page is held against the program elsewhere.</summary>
internal static partial class MetricTable
{
    /// <summary>What Prometheus itself and the platform add.</summary>
    private static readonly Dictionary<string, string[]> Others = new()
    {
        ["up"] = [],
        ["http_server_request_duration_seconds_bucket"] = ["http_route", "http_response_status_code"],
    };

    private static readonly string[] Everywhere = ["job", "instance", "le"];

    public static IReadOnlyDictionary<string, IReadOnlySet<string>> Labels { get; } = Read();

    private static Dictionary<string, IReadOnlySet<string>> Read()
    {
        var table = Others.ToDictionary(pair => pair.Key, pair => Of(pair.Value));
        foreach (Match row in Row().Matches(File.ReadAllText(Path.Combine(Built.Root, "docs/telemetry.md"))))
        {
            var labels = Of(Label().Matches(row.Groups["labels"].Value).Select(match => match.Groups[1].Value));
            foreach (var end in row.Groups["type"].Value == "histogram" ? new[] { "_bucket", "_sum", "_count" } : [""])
                table[row.Groups["name"].Value + end] = labels;
        }

        return table;
    }

    private static IReadOnlySet<string> Of(IEnumerable<string> labels) => labels.Concat(Everywhere).ToHashSet();

    [GeneratedRegex(@"^\| `[a-z_.]+` \| `(?<name>[a-z_]+)` \| (?<type>\w+) \| `[^`]*` \|(?<labels>[^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    // A label stands first in its line of the cell, and its values after a colon.
    [GeneratedRegex(@"(?:^ |<br>)`(\w+)`:")]
    private static partial Regex Label();
}
