using System.Text;
using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Files;

namespace AiAccessProxy.Tests.Policies.Files;

/// <summary>Files that are no YAML, or more YAML than has one obvious meaning.</summary>
public class YamlProblemTests
{
    [Theory]
    [InlineData("", "x.yaml:1: the file is empty; a policy file is a mapping that begins with version: 1")]
    [InlineData("# only words\n", "x.yaml:1: the file is empty; a policy file is a mapping that begins with version: 1")]
    [InlineData("---\n", "x.yaml:2: the file is empty; a policy file is a mapping that begins with version: 1")]
    [InlineData("- a\n", "x.yaml:1: the file is a list; a policy file is a mapping that begins with version: 1")]
    [InlineData("a\n", "x.yaml:1: the file is a single value; a policy file is a mapping that begins with version: 1")]
    [InlineData("version: 1\n---\nversion: 1\n", "x.yaml:2: a second document begins here; one file holds one document; move this one to a file of its own")]
    [InlineData("version: &a 1\n", "x.yaml:1: &a is an anchor; anchors are not read; write out what is meant where it is meant")]
    [InlineData("version: 1\nroute: *a\n", "x.yaml:2: *a is an alias; write out what it stands for")]
    [InlineData("version: !!str 1\n", "x.yaml:1: tag:yaml.org,2002:str is a tag; tags are not read; leave it out")]
    [InlineData("version: 1\nroute: { [a]: b }\n", "x.yaml:2: a key is a list; a key is a name; a value that begins with a brace has to be quoted")]
    public void One_obvious_meaning_or_none(string file, string expected) =>
        Assert.Equal(expected, Assert.Single(Problems(Encoding.UTF8.GetBytes(file))).ToString());

    [Theory]
    [InlineData("version: 1\nroute: [a\n", 2)]
    [InlineData("version: 1\n\troute: a\n", 2)]
    [InlineData("version: 1\nroute: \"a\n", 2)]
    [InlineData("version: 1\nroute: @a\n", 2)]
    public void What_is_no_YAML_is_told_with_its_line(string file, int line)
    {
        var problem = Assert.Single(Problems(Encoding.UTF8.GetBytes(file)));
        Assert.StartsWith($"x.yaml:{line}: this is not YAML: ", problem.ToString(), StringComparison.Ordinal);
        Assert.Equal("correct the syntax; nothing after this line was read", problem.Remedy);
    }

    [Fact]
    public void What_is_not_UTF_8_is_told_and_a_byte_order_mark_is_not_held_against_a_file()
    {
        Assert.Equal("x.yaml: the file is not UTF-8; save it as UTF-8", Assert.Single(Problems([.. "version: \""u8, 0xe9, .. "\"\n"u8])).ToString());
        Assert.DoesNotContain(Problems([.. Encoding.UTF8.Preamble, .. "version: 1\n"u8]), problem => problem.Field == "version");
    }

    [Theory]
    [InlineData("[", "x.yaml:1: this is nested more than 24 deep; policies need no such depth")]
    [InlineData("{a: ", "x.yaml:1: this is nested more than 24 deep; policies need no such depth")]
    [InlineData("- ", "x.yaml:1: this is nested more than 24 deep; policies need no such depth")]
    public async Task Depth_is_bounded(string opening, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(opening, 200_000)));
        var problems = await Task.Run(() => Problems(bytes), TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(expected, Assert.Single(problems).ToString());
    }

    [Fact]
    public void The_number_of_values_is_bounded() => Assert.Equal(
        "x.yaml:1: the file holds more than 500000 values; split it: one file a route",
        Assert.Single(Problems(Encoding.UTF8.GetBytes($"a: [{string.Concat(Enumerable.Repeat("1,", 600_000))}]"))).ToString());

    [Fact]
    public void Nothing_that_a_file_says_can_grow_beyond_it()
    {
        // The billion laughs.
        var file = new StringBuilder("a0: &a0 [lol, lol]\n");
        for (var level = 1; level < 30; level++) file.Append($"a{level}: &a{level} [{string.Join(',', Enumerable.Repeat($"*a{level - 1}", 9))}]\n");
        Assert.Single(Problems(Encoding.UTF8.GetBytes(file.ToString())));
    }

    private static IReadOnlyList<PolicyProblem> Problems(byte[] file) =>
        Assert.IsType<PolicyLoad.Refused>(PolicyFiles.Load(new PolicyFolder(
            [("agents.yaml", Encoding.UTF8.GetBytes(Some.AgentsYaml)), ("people.yaml", Encoding.UTF8.GetBytes(Some.PeopleYaml)), ("x.yaml", file)]))).Problems;
}
