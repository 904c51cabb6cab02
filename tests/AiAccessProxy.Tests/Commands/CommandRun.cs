using AiAccessProxy.Commands;

namespace AiAccessProxy.Tests.Commands;

/// <summary>One run of a command inside the test's process: its exit code and what it wrote.</summary>
internal sealed record CommandRun(int Code, string Output, string Error)
{
    public static async Task<CommandRun> OfAsync(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        var code = await Cli.RunAsync(arguments, output, error);
        return new(code, output.ToString(), error.ToString());
    }

    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public IReadOnlyList<string> ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
