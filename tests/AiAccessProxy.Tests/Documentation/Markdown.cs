using System.Text.RegularExpressions;

namespace AiAccessProxy.Tests.Documentation;

/// <summary>As much of Markdown as it takes to hold a document against what it speaks of.</summary>
internal static partial class Markdown
{
    /// <summary>The text of every fenced block in that language, in order.</summary>
    public static IReadOnlyList<string> Blocks(string text, string language) =>
        [.. Fence().Matches(text).Where(match => match.Groups[1].Value == language).Select(match => match.Groups[2].Value)];

    /// <summary>The blocks in that language that say what they are, as in <c>```yaml route</c>, in order.</summary>
    public static IReadOnlyList<(string Mark, string Text)> MarkedBlocks(string text, string language) =>
        [.. MarkedFence().Matches(text).Where(match => match.Groups[1].Value == language).Select(match => (match.Groups[2].Value, match.Groups[3].Value))];

    /// <summary>Every table: its head and its rows, by cells. A bar within a cell is escaped.</summary>
    public static IReadOnlyList<IReadOnlyList<string[]>> Tables(string text) =>
        [.. Table().Matches(text).Select(match => match.Value.TrimEnd('\n').Split('\n').Select(Cells).ToList() is var lines ? (IReadOnlyList<string[]>)[lines[0], .. lines[2..]] : [])];

    /// <summary>Everything between backticks in a cell.</summary>
    public static IReadOnlyList<string> Code(string cell) => [.. Quoted().Matches(cell).Select(match => match.Groups[1].Value)];

    /// <summary>Targets of links that lead into the source tree.</summary>
    public static IReadOnlyList<string> LocalLinks(string text) =>
        [.. Link().Matches(text).Select(match => match.Groups[1].Value).Where(target => !target.Contains("://", StringComparison.Ordinal))];

    /// <summary>The cells of every table row, the head and the line under it left out.</summary>
    public static IReadOnlyList<string[]> Rows(string text) =>
        [.. Row().Matches(text).Select(match => match.Groups[1].Value.Split('|').Select(cell => cell.Trim()).ToArray())];

    private static string[] Cells(string line) => [.. Bar().Split(line.Trim()[1..^1]).Select(cell => cell.Trim().Replace("\\|", "|", StringComparison.Ordinal))];

    [GeneratedRegex(@"^```(\w+)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^```(\w+) ([\w-]+)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex MarkedFence();

    [GeneratedRegex(@"^\|.*\|\n\|[-|]+\|\n(?:\|.*\|(?:\n|\z))+", RegexOptions.Multiline)]
    private static partial Regex Table();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Bar();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\]\(([^)#]+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^\| (`.*) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
