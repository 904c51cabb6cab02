using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace AiAccessProxy.Commands;

/// <summary>The help of a command that needs more words than its line in a list has: the usual help, and then the words.</summary>
internal sealed class TeachingHelp(string words) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var code = new HelpAction().Invoke(parseResult);
        parseResult.InvocationConfiguration.Output.WriteLine(words);
        return code;
    }

    /// <summary>Gives <paramref name="command"/> these words.</summary>
    public static Command On(Command command, string words)
    {
        command.Options.Add(new HelpOption { Action = new TeachingHelp(words) });
        return command;
    }
}
