using System.CommandLine;
using AiAccessProxy.Commands;

namespace AiAccessProxy.Tests.Commands;

/// <summary>Help teaches: each command has an example, and no example is wrong.</summary>
public class HelpTests
{
    public static TheoryData<string> EveryCommand => [.. Under(Cli.Create(), [])];

    [Theory]
    [MemberData(nameof(EveryCommand))]
    public async Task Every_command_has_an_example_of_its_own_and_every_example_parses(string path)
    {
        var help = await CommandRun.OfAsync([.. path.Split(' '), "--help"]);
        var examples = help.Lines.Where(line => line.StartsWith("  aiaccess ", StringComparison.Ordinal)).Select(line => ShellWords.Of(line.Trim())).ToList();

        Assert.Equal(0, help.Code);
        // What installs a completion script is a line of the shell's own.
        if (!path.StartsWith("completion ", StringComparison.Ordinal))
            Assert.Contains(examples, words => string.Join(' ', words.Skip(1)).StartsWith(path, StringComparison.Ordinal));
        Assert.All(examples, words => Assert.Empty(Cli.Create().Parse([.. words.Skip(1)]).Errors.Select(error => $"{string.Join(' ', words)}: {error.Message}")));
    }

    [Fact]
    public async Task The_two_ways_to_make_a_key_each_name_the_other()
    {
        var (here, there) = (await CommandRun.OfAsync("agents", "key", "create", "--help"), await CommandRun.OfAsync("agents", "keys", "create", "--help"));

        Assert.Contains("aiaccess agents keys create AGENT", here.Output, StringComparison.Ordinal);
        Assert.Contains("aiaccess agents key create", there.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_mixes_the_two_up_makes_no_key_and_is_told()
    {
        var (here, there) = (await CommandRun.OfAsync("agents", "key", "create", "billing-bot"), await CommandRun.OfAsync("agents", "keys", "create"));

        Assert.Equal((2, "", 2, ""), (here.Code, here.Output, there.Code, there.Output));
        Assert.Contains("'aiaccess agents keys create AGENT'", Assert.Single(here.ErrorLines), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Under(Command command, IReadOnlyList<string> path) => command.Hidden ? []
        : command.Subcommands.Any(child => !child.Hidden) ? command.Subcommands.SelectMany(child => Under(child, [.. path, child.Name]))
        : [string.Join(' ', path)];
}
