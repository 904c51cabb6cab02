using System.CommandLine;
using System.Text.Json;
using AiAccessProxy.Commands.Tables;

namespace AiAccessProxy.Commands.Server;

/// <summary>What is common to commands that ask a running server: who asks where, <c>--json</c>, and how each way of failing ends.</summary>
internal static class ServerCommand
{
    /// <summary>Lets <paramref name="command"/> ask once and tell the answer, in words or with <c>--json</c> as the server gave it.</summary>
    /// <param name="words">Its help, after the usual one: an example at least.</param>
    public static Command Asking(this Command command, string words, Func<Asked, Task<ApiAnswer>> ask, Func<JsonElement, Screen, Told> tell)
    {
        var json = new Option<bool>("--json") { Description = "Print the server's JSON, one document." };
        command.Add(json);
        return command.WithServer(words, async asked => await ask(asked) switch
        {
            ApiAnswer.Given(var body) => Tell(asked.Parsed, body, tell, asked.Parsed.GetValue(json)),
            ApiAnswer.Refused refused => asked.Parsed.Fail(refused.Code, refused.Why),
            _ => throw new InvalidOperationException("The server answered in a way that is not known here."),
        });
    }

    /// <summary>Runs <paramref name="run"/> with the server that the environment names, or says what is missing there.</summary>
    public static Command WithServer(this Command command, string words, Func<Asked, Task<int>> run)
    {
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (ServerAddress.Read(out var wrong) is not { } address) return parsed.Fail(ExitCode.Wrong, wrong);
            using var api = new ControlApi(address);
            return await run(new(api, parsed, cancellationToken));
        });
        return TeachingHelp.On(command, $"{words}\n\n{ServerAddress.Words}");
    }

    /// <summary>The end of a command whose answer is not what this program knows.</summary>
    public static int NotUnderstood(this ParseResult parsed) =>
        parsed.Fail(ExitCode.Failed, "the server's answer is not what this program knows: they are of different versions, or it is another server; --json prints it as it is");

    private static int Tell(ParseResult parsed, JsonElement body, Func<JsonElement, Screen, Told> tell, bool asJson)
    {
        var (output, screen) = (parsed.InvocationConfiguration.Output, Screen.Of(parsed));
        Told told;
        try
        {
            told = tell(body, screen);
            told = told with { Lines = [.. told.Lines] };
        }
        catch (JsonException) when (asJson)
        {
            told = new([]);
        }
        catch (JsonException)
        {
            return parsed.NotUnderstood();
        }

        foreach (var line in asJson ? [ServerJson.Line(body)] : told.Lines) output.WriteLine(line);
        if (!asJson && told.Note is { } note) parsed.InvocationConfiguration.Error.WriteLine(TerminalText.Of(note));
        return told.Code;
    }
}
