using AiAccessProxy.Tests.Architecture;
using AiAccessProxy.Tests.Commands.PolicyTools;

namespace AiAccessProxy.Tests.Commands;

public class PolicyCommandTests
{
    [Fact]
    public async Task A_folder_that_is_not_right_is_code_2_and_says_so_on_standard_error()
    {
        var run = await CommandRun.OfAsync("policy", "check", Repository.PathOf("docs"));

        Assert.Equal(2, run.Code);
        Assert.Empty(run.Output);
        Assert.NotEmpty(run.ErrorLines);
    }

    [Fact]
    public async Task A_warning_is_told_and_counts_only_where_that_is_asked_for()
    {
        using var policies = new PolicyDirectory("- { id: none, effect: allow, match: { methods: [TRACE] } }");

        var (usual, strict) = (await policies.RunAsync("check"), await policies.RunAsync("check", "--strict"));

        Assert.Equal((0, 2), (usual.Code, strict.Code));
        Assert.All([usual, strict], run => Assert.Equal(
            "warning: api.yaml:7: rule none: match: no call is ever met by this: TRACE is never let in; correct the conditions, or remove the rule",
            Assert.Single(run.ErrorLines)));
        Assert.EndsWith("; 1 warning\n", usual.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check", "an opt-in (accept) under which a privileged call can be written")]
    [InlineData("test", "tests:\n")]
    [InlineData("explain", "--record ID")]
    [InlineData("schema", "# yaml-language-server: $schema=policy.schema.json")]
    [InlineData("diff", "aiaccess policy diff policies policies.new --data data")]
    public async Task Each_command_has_help_that_teaches(string command, string words)
    {
        var run = await CommandRun.OfAsync("policy", command, "--help");
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains(words, run.Output, StringComparison.Ordinal);
        Assert.Contains("Usage:", run.Output, StringComparison.Ordinal);
    }
}
