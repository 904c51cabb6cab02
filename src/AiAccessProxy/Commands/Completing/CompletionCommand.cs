using System.CommandLine;

namespace AiAccessProxy.Commands.Completing;

/// <summary><c>aiaccess completion SHELL</c>: the script that lets a shell complete commands, options, values and ids.</summary>
internal static class CompletionCommand
{
    private static readonly IReadOnlyDictionary<string, (string Script, string Words)> Shells = new Dictionary<string, (string, string)>
    {
        ["bash"] = (ShellScript.Bash, Install("~/.bashrc", "eval \"$(aiaccess completion bash)\"")),
        ["zsh"] = (ShellScript.Zsh, Install("~/.zshrc, after compinit", "eval \"$(aiaccess completion zsh)\"")),
        ["fish"] = (ShellScript.Fish, Install("~/.config/fish/config.fish", "aiaccess completion fish | source")),
        ["pwsh"] = (ShellScript.PowerShell, Install("$PROFILE", "aiaccess completion pwsh | Out-String | Invoke-Expression")),
    };

    public static Command Create()
    {
        var completion = new Command("completion", "Print the script that lets a shell complete commands, options, values and ids.");
        foreach (var (shell, (script, words)) in Shells)
        {
            var one = new Command(shell, $"Print the script for {shell}.");
            one.SetAction(parsed =>
            {
                parsed.InvocationConfiguration.Output.Write(script);
                return ExitCode.Done;
            });
            completion.Add(TeachingHelp.On(one, words));
        }

        return completion;
    }

    private static string Install(string file, string line) => $"""
        Ids of tickets, agents, people and keys are completed by asking the server that AIACCESS_URL and AIACCESS_TOKEN name, if they do.
        To have it in every shell, put this into {file}:

          {line}
        """;
}
