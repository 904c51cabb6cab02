using AiAccessProxy.Policies.Files;
using AiAccessProxy.Tests.Architecture;

namespace AiAccessProxy.Tests.Documentation;

/// <summary>
/// The YAML of docs/policy.md. The word behind <c>yaml</c> says what a block is: a whole file (<c>agents</c>, <c>people</c>, <c>global</c>,
/// <c>route</c>), or what stands under a key of the page's own route (<c>rules</c>, <c>match</c>, <c>where</c>, <c>tests</c>).
/// </summary>
internal static class PolicyExamples
{
    public static string Page { get; } = File.ReadAllText(Repository.PathOf("docs/policy.md"));

    public static IReadOnlyList<(string Mark, string Text)> Blocks { get; } = Markdown.MarkedBlocks(Page, "yaml");

    /// <summary>What comes of the page's folder with one of its blocks in it.</summary>
    public static PolicyLoad Load((string Mark, string Text) block)
    {
        IEnumerable<(string, string)> files = [(PolicyFolder.Agents, Only("agents")), (PolicyFolder.People, Only("people"))];
        return Some.Load([.. files, .. block.Mark == "global" ? [(PolicyFolder.Global, block.Text)] : Array.Empty<(string, string)>(), ("payments.yaml", RouteWith(block))]);
    }

    private static string Only(string mark) => Blocks.Single(block => block.Mark == mark).Text;

    // The example's file of a secret is nowhere to be read.
    private static string RouteWith((string Mark, string Text) block) => (block.Mark switch
    {
        "agents" or "people" or "global" or "route" => Only("route"),
        "rules" => $"{Before("rules")}rules:\n{block.Text}",
        "match" => $"{Before("rules")}rules:\n- id: one\n  effect: deny\n  match:\n{Deeper(block.Text)}",
        "where" => $"{Before("rules")}rules:\n- id: one\n  effect: deny\n  match:\n    where:\n{Deeper(block.Text)}",
        "tests" => $"{Before("tests")}tests:\n{block.Text}",
        var other => throw new ArgumentException($"nothing is known of a block of {other}", nameof(block)),
    }).Replace("${file:/run/secrets/refunds}", "${env:REFUNDS}", StringComparison.Ordinal);

    private static string Before(string key) => Only("route").Split($"\n{key}:")[0] + "\n";

    private static string Deeper(string text) => string.Concat(text.TrimEnd('\n').Split('\n').Select(line => $"    {line}\n"));
}
