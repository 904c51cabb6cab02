using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using AiAccessProxy.Commands;
using AiAccessProxy.Ledger;
using AiAccessProxy.Tests.Architecture;
using AiAccessProxy.Tests.Commands;

namespace AiAccessProxy.Tests.Documentation;

/// <summary>What <c>docs/cli.md</c> says is held against the command line itself.</summary>
public class CliTests
{
    private static readonly string Text = File.ReadAllText(Repository.PathOf("docs/cli.md"));

    private static readonly IReadOnlyList<IReadOnlyList<string>> Shown =
    [
        .. Markdown.Blocks(Text, "sh").SelectMany(block => block.Split('\n')).Where(line => line.StartsWith("aiaccess ", StringComparison.Ordinal))
            .Select(line => (IReadOnlyList<string>)[.. ShellWords.Of(line).Skip(1)]),
    ];

    [Fact]
    public void Every_example_in_it_parses() =>
        Assert.All(Shown, words => Assert.Empty(Cli.Create().Parse([.. words]).Errors.Select(error => $"{string.Join(' ', words)}: {error.Message}")));

    [Fact]
    public void Every_command_is_in_it_with_an_example()
    {
        var shown = Shown.Select(words => PathOf(Cli.Create().Parse([.. words]))).ToHashSet();

        Assert.Empty(Leaves(Cli.Create(), "").Except(shown));
    }

    [Fact]
    public void Every_exit_code_is_in_it_and_no_other()
    {
        var codes = typeof(ExitCode).GetFields().Where(field => field.FieldType == typeof(int)).Select(field => (int)field.GetRawConstantValue()!);

        Assert.Equal(codes.Order(), Markdown.Rows(Text).Select(row => int.Parse(row[0].Trim('`'), CultureInfo.InvariantCulture)).Order());
    }

    [Fact]
    public void Every_kind_of_record_is_in_it_and_no_other()
    {
        var kinds = typeof(RecordKind).GetFields().Select(field => (string)field.GetRawConstantValue()!);

        Assert.Equal(kinds.Order(), Markdown.Tables(Text).Single(table => table[0][1] == "kind").Skip(1).SelectMany(row => Markdown.Code(row[1])).Order());
    }

    [Fact]
    public void Every_link_into_the_source_tree_leads_somewhere() =>
        Assert.All(Markdown.LocalLinks(Text), link => Assert.True(Path.Exists(Repository.PathOf($"docs/{link}")), link));

    private static string PathOf(ParseResult parsed)
    {
        var names = new List<string>();
        for (SymbolResult? at = parsed.CommandResult; at?.Parent is not null; at = at.Parent)
            if (at is CommandResult { Command: var command }) names.Insert(0, command.Name);
        return string.Join(' ', names);
    }

    private static IEnumerable<string> Leaves(Command command, string path) => command.Subcommands.Where(child => !child.Hidden)
        .SelectMany(child => child.Subcommands.Any(below => !below.Hidden) ? Leaves(child, $"{path}{child.Name} ") : [path + child.Name]);
}
