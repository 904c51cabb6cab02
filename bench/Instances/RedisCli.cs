using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Instances;

/// <summary>Asks Redis what it did, after the run.</summary>
internal sealed partial class RedisCli(int port)
{
    public async Task<string> AskAsync(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo("redis-cli", ["-p", $"{port}", .. command]) { RedirectStandardOutput = true })!;
        var answer = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return answer;
    }

    /// <summary>By the path of the call: when by Redis's clock its vote, and its edge to executing, were committed.</summary>
    public async Task<IReadOnlyDictionary<string, (long Voted, long Executing)>> EdgesAsync()
    {
        var edges = new Dictionary<string, (long Voted, long Executing)>();
        var answer = await AskAsync("--json", "XRANGE", "{ai-access}:records", "-", "+");
        foreach (var entry in JsonDocument.Parse(answer).RootElement.EnumerateArray())
        {
            var fields = entry[1].EnumerateArray().Select(one => one.GetString()!).Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
            if (fields["kind"] is not ("vote.approve" or "ticket.executing") and var kind) continue;
            using var record = JsonDocument.Parse(fields["record"]);
            var path = record.RootElement.GetProperty("action").GetProperty("target").GetString()!;
            var (at, known) = (long.Parse(fields["stored"], CultureInfo.InvariantCulture), edges.GetValueOrDefault(path));
            edges[path] = fields["kind"] == "vote.approve" ? known with { Voted = at } : known with { Executing = at };
        }

        return edges;
    }

    /// <summary>What was asked of it a call, by command; what scripts ask among them.</summary>
    public async Task<IReadOnlyList<string>> CommandsAsync(int calls) =>
    [
        .. Stats().Matches(await AskAsync("INFO", "commandstats"))
            .Select(one => (Name: one.Groups[1].Value, Calls: double.Parse(one.Groups[2].Value, CultureInfo.InvariantCulture), Each: one.Groups[3].Value))
            .OrderByDescending(one => one.Calls)
            .Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Name} {one.Calls / calls:f2} × {one.Each}")),
    ];

    [GeneratedRegex(@"cmdstat_(\S+):calls=(\d+),.*?usec_per_call=([\d.]+)")]
    private static partial Regex Stats();
}
