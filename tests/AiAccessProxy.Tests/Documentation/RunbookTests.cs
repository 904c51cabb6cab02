using System.Text.RegularExpressions;
using AiAccessProxy.Commands;
using AiAccessProxy.Tests.Architecture;
using AiAccessProxy.Tests.Commands;

namespace AiAccessProxy.Tests.Documentation;

/// <summary>Each alert has its page, and what a page tells somebody at night to type is understood.</summary>
public partial class RunbookTests
{
    private static readonly string Rules = File.ReadAllText(Repository.PathOf("charts/ai-access-proxy/rules/alerts.yaml"));

    private static readonly IReadOnlyList<string> Pages =
        [.. Directory.EnumerateFiles(Repository.PathOf("docs/runbooks"), "*.md").Select(path => $"docs/runbooks/{Path.GetFileName(path)}").Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_alert_leads_to_a_page_of_its_own_that_bears_its_name()
    {
        var alerts = Alert().Matches(Rules).Select(match => match.Groups[1].Value).ToList();
        var pages = Page().Matches(Rules).Select(match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(alerts);
        Assert.Equal(alerts.Select(alert => $"# {alert}"), pages.Select(page => File.ReadLines(Repository.PathOf(page)).First()));
        Assert.Equal(Pages, pages.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_page_says_what_it_means_where_to_look_and_what_to_do() => Assert.All(Pages, page =>
    {
        var text = File.ReadAllText(Repository.PathOf(page));
        Assert.All(["**What it means.**", "**Look.**", "**Do"], part => Assert.Contains(part, text, StringComparison.Ordinal));
    });

    [Fact]
    public void Every_command_in_them_parses()
    {
        var shown = Pages.SelectMany(page => Command().Matches(File.ReadAllText(Repository.PathOf(page)))).Select(match => match.Groups[1].Value.ReplaceLineEndings(" ")).ToList();

        Assert.NotEmpty(shown);
        Assert.All(shown, line => Assert.Empty(Cli.Create().Parse([.. ShellWords.Of(line).Skip(1)]).Errors.Select(error => $"{line}: {error.Message}")));
    }

    [Fact]
    public void Every_link_leads_somewhere() => Assert.All(
        Pages.SelectMany(page => Markdown.LocalLinks(File.ReadAllText(Repository.PathOf(page)))),
        link => Assert.True(Path.Exists(Repository.PathOf($"docs/runbooks/{link}")), link));

    [GeneratedRegex(@"- alert: (\w+)")]
    private static partial Regex Alert();

    [GeneratedRegex(@"runbook_url: (docs/runbooks/[a-z-]+\.md)")]
    private static partial Regex Page();

    [GeneratedRegex("`(aiaccess [^`]+)`")]
    private static partial Regex Command();
}
