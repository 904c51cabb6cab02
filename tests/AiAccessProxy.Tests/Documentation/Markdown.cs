using System.Text.RegularExpressions;

namespace AiAccessProxy.Tests.Documentation;

/// <summary>As much of Markdown as it takes to hold a document against what it speaks of.</summary>
internal static partial class Markdown
{
    /// <summary>The text of every fenced block in that language, in order.</summary>
    public static IReadOnlyList<string> Blocks(string text, string language) =>
        [.. Fence().Matches(text).Where(match => match.Groups[1].Value == language).Select(match => match.Groups[2].Value)];

    /// <summary>Targets of links that lead into the source tree.</summary>
    public static IReadOnlyList<string> LocalLinks(string text) =>
        [.. Link().Matches(text).Select(match => match.Groups[1].Value).Where(target => !target.Contains("://", StringComparison.Ordinal))];

    /// <summary>The cells of every table row, the head and the line under it left out.</summary>
    public static IReadOnlyList<string[]> Rows(string text) =>
        [.. Row().Matches(text).Select(match => match.Groups[1].Value.Split('|').Select(cell => cell.Trim()).ToArray())];

    [GeneratedRegex(@"^```(\w+)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\(([^)#]+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^\| (`.*) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
