using AiAccessProxy.Bypass.Harness;

namespace AiAccessProxy.Bypass.Ordinary;

/// <summary>A row of the table "APIs and the opt-ins they need" of <c>docs/http.md</c>.</summary>
/// <param name="Accept">The kinds that a route to this API accepts by name.</param>
/// <param name="PathCase">What its <c>path_case</c> says; empty leaves the key out.</param>
internal sealed record ApiSettings(string Api, IReadOnlyList<string> Accept, string PathCase)
{
    public static IReadOnlyList<ApiSettings> Documented { get; } = [.. Rows()];

    /// <summary>The keys of a route, as YAML.</summary>
    public string Yaml => string.Join('\n', new[]
    {
        Accept.Count == 0 ? "" : $"accept: [{string.Join(", ", Accept)}]",
        PathCase.Length == 0 ? "" : $"path_case: {PathCase}",
    }.Where(line => line.Length > 0));

    private static IEnumerable<ApiSettings> Rows() => File.ReadAllLines(Path.Combine(Built.Root, "docs", "http.md"))
        .SkipWhile(line => line != "## APIs and the opt-ins they need")
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(line => line[1..^1].Split('|').Select(cell => cell.Trim()).ToArray())
        .Select(cells => new ApiSettings(
            cells[0].Trim('`'),
            [.. cells[2].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(name => name.Trim('`'))],
            cells[3].Trim('`')));
}
