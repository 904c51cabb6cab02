using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using System.Net.Sockets;
using AiAccessProxy.Commands.Completing;
using AiAccessProxy.Commands.Demo;
using AiAccessProxy.Commands.Ledgers;
using AiAccessProxy.Commands.Roster;
using AiAccessProxy.Commands.Status;
using AiAccessProxy.Commands.Teams;
using AiAccessProxy.Commands.Tickets;

namespace AiAccessProxy.Commands;

/// <summary>The command line as a whole: which commands there are, and how every one of them fails.</summary>
internal static class Cli
{
    private const string Default = "serve";

    /// <summary>How long a command may take to end after Ctrl-C; the demo ends its processes in that time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static RootCommand Create() => new($"A proxy between AI agents and APIs: privileged calls wait for a person.\n\n{ExitCode.Help}")
    {
        ServeCommand.Create(),
        DemoCommand.Create(),
        PolicyCommand.Create(),
        TicketsCommand.Create(),
        LedgerCommand.Create(),
        AgentsCommand.Create(),
        PeopleCommand.Create(),
        TeamsCommand.Create(),
        WhoAmICommand.Create(),
        HealthCommand.Create(),
        ProbeCommand.Create(),
        CompletionCommand.Create(),
    };

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        var root = Create();
        var parsed = root.Parse(WithDefault(arguments));
        // What is to be completed is not whole yet, and need not be right.
        if (parsed.Errors.Count > 0 && !root.Directives.OfType<SuggestDirective>().Any(suggest => parsed.GetResult(suggest) is not null)) return parsed.Refuse(error);

        var configuration = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false };
        // The server handles signals itself and drains for as long as its calls need; the others end when their token says so.
        configuration.ProcessTerminationTimeout = parsed.CommandResult.Command.Name == Default ? null : Patience;
        try
        {
            return await parsed.InvokeAsync(configuration);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or HttpRequestException or SocketException or TimeoutException)
        {
            error.WriteLine($"aiaccess: {OneLine(failure.Message)}");
            return ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }

    /// <summary>Ends a command that failed: one line for the person, one number for the script.</summary>
    public static int Fail(this ParseResult parsed, int code, string why)
    {
        parsed.InvocationConfiguration.Error.WriteLine($"aiaccess: {OneLine(why)}");
        return code;
    }

    private static int Refuse(this ParseResult parsed, TextWriter error)
    {
        var command = parsed.CommandResult.Command;
        var path = string.Join(' ', Path(parsed.CommandResult).Reverse());
        var help = command is RootCommand ? "aiaccess --help" : $"{path} --help";
        var commands = string.Join(", ", command.Subcommands.Where(child => !child.Hidden).Select(child => child.Name));
        var why = (commands.Length > 0, parsed.UnmatchedTokens) switch
        {
            (true, []) => $"name one of its commands: {commands}.",
            (true, [var word, ..]) when !word.StartsWith('-') => $"there is no command '{word}' here; there are {commands}.",
            _ => string.Join(" ", parsed.Errors.Select(wrong => wrong.Message).Distinct()),
        };
        error.WriteLine($"aiaccess: {OneLine(why)} See '{help}'.");
        return ExitCode.Wrong;
    }

    private static IEnumerable<string> Path(CommandResult result)
    {
        for (SymbolResult? at = result; at is not null; at = at.Parent)
            if (at is CommandResult { Command: var command })
                yield return command is RootCommand ? "aiaccess" : command.Name;
    }

    /// <summary>Without a command, the options are those of the server.</summary>
    private static IReadOnlyList<string> WithDefault(IReadOnlyList<string> arguments) =>
        arguments.Count == 0 || (arguments[0].StartsWith('-') && arguments[0] is not ("--help" or "-h" or "-?" or "--version"))
            ? [Default, .. arguments]
            : arguments;

    private static string OneLine(string text) => TerminalText.Of(text.ReplaceLineEndings(" "));
}
