using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using AiAccessProxy.EndToEnd.Harness;

namespace AiAccessProxy.EndToEnd.Charts;

/// <summary>The Helm chart of this repository, rendered by <c>eng/render-chart.sh</c> and checked by the tools in <c>tests/Charts</c>.</summary>
internal static class Chart
{
    /// <summary>Reading schemas takes Node a while on a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly Dictionary<string, string?> ByGo = new() { ["AIACCESS_RENDER"] = "go" };

    public static string Folder { get; } = Path.Combine(Built.Root, "charts", "ai-access-proxy");

    private static readonly ConcurrentDictionary<string, Lazy<Task<string[]>>> Accepted = new();

    /// <summary>Every file of values that users are shown; the chart's own defaults need policies beside them.</summary>
    public static IReadOnlyList<string> ValueFiles { get; } =
        [.. Directory.EnumerateFiles(Folder, "values-*.yaml").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    /// <summary>What comes out for that file: the documents as text.</summary>
    public static async Task<string> TextAsync(string file, params string[] sets)
    {
        var (code, text, why) = await RenderAsync(null, Arguments(file, sets));
        Assert.True(code == 0, why);
        return text;
    }

    /// <summary>The same as objects, once the schemas of Kubernetes have accepted every one.</summary>
    public static async Task<IReadOnlyList<JsonNode>> DocumentsAsync(string file)
    {
        var lines = await Accepted.GetOrAdd(file, _ => new(() => CheckedAsync(file))).Value;
        return [.. lines.Select(line => JsonNode.Parse(line)!)];
    }

    /// <summary>A line for each document: <c>accepted</c> and the document, or <c>refused</c> and why.</summary>
    public static Task<string[]> CheckAsync(string file) => NodeAsync("documents.mjs", file);

    /// <summary>A line for each set of values: <c>accepted</c>, or <c>refused</c> and why.</summary>
    public static async Task<string[]> HoldAgainstSchemaAsync(IReadOnlyList<string> values)
    {
        using var scratch = new Scratch();
        var lines = await NodeAsync("values.mjs", Path.Combine(Folder, "values.schema.json"), scratch.File("values", string.Join('\n', values)));
        Assert.Equal(values.Count, lines.Length);
        return lines;
    }

    /// <summary>The values that hold with that file over the chart's own.</summary>
    public static async Task<JsonObject> ValuesAsync(string? file)
    {
        var (code, text, why) = await RenderAsync(ByGo, ["-values", .. Arguments(file, [])]);
        Assert.True(code == 0, why);
        return (JsonObject)JsonNode.Parse(text)!;
    }

    /// <summary>Why the chart cannot be rendered so.</summary>
    public static async Task<string> RefusalAsync(string file, params string[] sets)
    {
        var (code, _, why) = await RenderAsync(ByGo, Arguments(file, sets));
        Assert.Equal(1, code);
        return why;
    }

    public static async Task<string[]> NodeAsync(string script, params string[] arguments)
    {
        await using var node = ChildProcess.Start("node", [Path.Combine(Built.Root, "tests/Charts", script), .. arguments]);
        var code = await node.ExitAsync(Patience);
        Assert.True(code == 0, node.Errors);
        return node.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static async Task<string[]> CheckedAsync(string file)
    {
        using var scratch = new Scratch();
        var lines = await CheckAsync(scratch.File("rendered.yaml", await TextAsync(file)));
        Assert.All(lines, line => Assert.StartsWith("accepted ", line, StringComparison.Ordinal));
        return [.. lines.Select(line => line["accepted ".Length..])];
    }

    private static string[] Arguments(string? file, IReadOnlyList<string> sets) =>
        [.. file is null ? Array.Empty<string>() : ["-f", Path.Combine(Folder, file)], .. sets.SelectMany(set => new[] { "--set", set }), Folder];

    private static async Task<(int Code, string Text, string Why)> RenderAsync(IReadOnlyDictionary<string, string?>? environment, IReadOnlyList<string> arguments)
    {
        await using var render = ChildProcess.Start(Path.Combine(Built.Root, "eng/render-chart.sh"), arguments, environment);
        return (await render.ExitAsync(Patience), render.Output, render.Errors);
    }
}
