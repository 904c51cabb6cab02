using System.Text.Json;
using AiAccessProxy.Tests.Architecture;
using AiAccessProxy.Tests.Settings;

namespace AiAccessProxy.Tests.Documentation;

/// <summary>What the README says is true. Its commands are run by the end-to-end tests.</summary>
public class ReadmeTests
{
    private static readonly string Text = File.ReadAllText(Repository.PathOf("README.md"));

    [Fact]
    public void It_is_at_most_200_lines() => Assert.InRange(Text.Split('\n').Length - 1, 1, 200);

    [Fact]
    public void Every_policy_in_it_is_a_file_among_the_examples()
    {
        var examples = Directory.EnumerateFiles(Repository.PathOf("policies"), "*.yaml", SearchOption.AllDirectories).Select(File.ReadAllText).ToHashSet();
        var shown = Markdown.Blocks(Text, "yaml");

        Assert.NotEmpty(shown);
        Assert.All(shown, block => Assert.Contains(block, examples));
    }

    [Fact]
    public void Every_line_of_program_in_it_is_compiled_and_run_by_a_test()
    {
        var tested = File.ReadAllLines(Repository.PathOf("tests/AiAccessProxy.EndToEnd/ReadmeTests.cs")).Select(line => line.Trim()).ToHashSet();
        var shown = Markdown.Blocks(Text, "csharp").SelectMany(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries)).ToList();

        Assert.NotEmpty(shown);
        Assert.All(shown, line => Assert.Contains(line.Trim(), tested));
    }

    [Fact]
    public void Every_link_into_the_source_tree_leads_somewhere() =>
        Assert.All(Markdown.LocalLinks(Text), link => Assert.True(Path.Exists(Repository.PathOf(link)), link));

    [Fact]
    public void Every_setting_in_it_exists_and_has_that_default()
    {
        var rows = Markdown.Rows(Text).Where(row => row[0].Contains(':')).ToList();

        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Equal(row[1].Trim('`'), AllSettings.All.Single(setting => setting.Name == row[0].Trim('`')).Default));
    }

    [Fact]
    public void The_refusal_in_it_is_json_of_a_kind_that_is_documented()
    {
        var kinds = File.ReadAllText(Repository.PathOf("docs/problems.md"));
        foreach (var block in Markdown.Blocks(Text, "json"))
        {
            var kind = JsonDocument.Parse(block).RootElement.GetProperty("error").GetProperty("code").GetString();
            Assert.Contains($"| `{kind}` |", kinds, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_room_of_the_source_is_named_in_it() => Assert.All(
        Directory.EnumerateDirectories(Repository.PathOf("src/AiAccessProxy")).Select(Path.GetFileName).Except(["bin", "obj", "Properties"]),
        room => Assert.Contains($"**{room}**", Text, StringComparison.Ordinal));
}
