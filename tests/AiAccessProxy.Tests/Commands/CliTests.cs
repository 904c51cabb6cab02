using System.CommandLine;
using AiAccessProxy.Commands;

namespace AiAccessProxy.Tests.Commands;

public class CliTests
{
    [Theory]
    [InlineData("nonsense")]
    [InlineData("agents")]
    [InlineData("agents key create --nonsense")]
    [InlineData("agents key create surplus")]
    public async Task What_is_not_understood_ends_with_code_2_and_one_line_that_names_the_help(string line)
    {
        var run = await CommandRun.OfAsync(line.Split(' '));

        Assert.Equal(2, run.Code);
        Assert.Empty(run.Output);
        Assert.StartsWith("aiaccess: ", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.Contains("--help'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_argument_cannot_write_to_the_terminal_through_an_error()
    {
        var run = await CommandRun.OfAsync("agents", "\u001b[2J\r\nforged");

        Assert.Equal(2, run.Code);
        Assert.Single(run.ErrorLines);
        Assert.DoesNotContain('\u001b', run.Error);
        Assert.DoesNotContain('\r', run.Error);
    }

    [Fact]
    public async Task Help_lists_every_exit_code()
    {
        var run = await CommandRun.OfAsync("--help");
        var codes = typeof(ExitCode).GetFields().Where(field => field.FieldType == typeof(int)).Select(field => (int)field.GetRawConstantValue()!);

        Assert.Equal(0, run.Code);
        Assert.All(codes, code => Assert.Contains($" {code} ", run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_command_and_option_says_what_it_is()
    {
        Assert.All(Under(Cli.Create()), command =>
        {
            Assert.False(string.IsNullOrEmpty(command.Description), command.Name);
            Assert.All(command.Options, option => Assert.False(string.IsNullOrEmpty(option.Description), $"{command.Name} {option.Name}"));
            Assert.All(command.Arguments, argument => Assert.False(string.IsNullOrEmpty(argument.Description), $"{command.Name} {argument.Name}"));
        });
    }

    private static IEnumerable<Command> Under(Command command) => command.Subcommands.SelectMany(Under).Prepend(command);
}
