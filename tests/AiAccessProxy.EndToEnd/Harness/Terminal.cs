namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>Somebody at a terminal: lines for a shell, in which <c>aiaccess</c> is the built program and the variables name a server.</summary>
internal sealed class Terminal(Uri server, string? token)
{
    private static string Prelude { get; } = $$"""aiaccess() { '{{Built.Dotnet}}' exec '{{Built.Program}}' "$@"; }""";

    private Dictionary<string, string?> Environment => new() { ["AIACCESS_URL"] = server.ToString(), ["AIACCESS_TOKEN"] = token };

    public static Terminal Of(World world, string person) => new(world.Proxy.Console, world.Policies.KeyOf(person).Text);

    /// <summary>Runs lines as a script that ends at its first failure, pipes included.</summary>
    public async Task<(int Code, string Output, string Errors)> TryAsync(string lines)
    {
        await using var shell = ChildProcess.Start("/bin/bash", ["-euo", "pipefail", "-c", $"{Prelude}\n{lines}"], Environment);
        var code = await shell.ExitAsync(TimeSpan.FromMinutes(1));
        return (code, shell.Output, shell.Errors);
    }

    /// <summary>Runs lines that are to succeed; gives what they print.</summary>
    public async Task<string> RunAsync(string lines)
    {
        var (code, output, errors) = await TryAsync(lines);
        Assert.True(code == 0, $"'{lines}' ended with code {code}: {errors}");
        return output;
    }

    /// <summary>One command that goes on until it is ended, without a shell around it.</summary>
    public ChildProcess Start(params string[] arguments) => ChildProcess.Start(Built.Dotnet, ["exec", Built.Program, .. arguments], Environment);
}
