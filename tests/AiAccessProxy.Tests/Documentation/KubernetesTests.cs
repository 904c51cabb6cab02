using System.Text.RegularExpressions;
using AiAccessProxy.Tests.Architecture;

namespace AiAccessProxy.Tests.Documentation;

/// <summary>What docs/kubernetes.md names is there. Its commands are run by the end-to-end tests.</summary>
public partial class KubernetesTests
{
    private static readonly string Text = File.ReadAllText(Repository.PathOf("docs/kubernetes.md"));

    [Fact]
    public void Every_link_into_the_source_tree_leads_somewhere() =>
        Assert.All(Markdown.LocalLinks(Text), link => Assert.True(Path.Exists(Repository.PathOf($"docs/{link}")), link));

    [Fact]
    public void Every_value_in_it_is_one_of_the_chart()
    {
        var values = File.ReadAllText(Repository.PathOf("charts/ai-access-proxy/values.yaml"));
        var named = Value().Matches(Text).Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.Superset(new HashSet<string> { "networkPolicy.control", "policies.git.period", "monitoring.metrics" }, named.ToHashSet());
        // The order of the names in the file is that of the path: each stands below the one before it, deeper by a step.
        Assert.All(named, path => Assert.Matches(
            "(?m)" + string.Join(@"(?:\n(?:[ #].*|$))*?\n", path.Split('.').Select((name, depth) => $"^{new string(' ', depth * 2)}{Regex.Escape(name)}:.*")), values));
    }

    [GeneratedRegex(@"`((?:agents|control|channels|policies|networkPolicy|monitoring|telemetry|redis)\.[a-zA-Z]+(?:\.[a-zA-Z]+)*)`")]
    private static partial Regex Value();
}
