using System.CommandLine;
using AiAccessProxy.Policies.Files;

namespace AiAccessProxy.Commands.PolicyTools;

/// <summary><c>aiaccess policy schema</c>: the JSON schema of the policy files.</summary>
internal static class SchemaCommand
{
    private const string Words = """
        Editors complete and check policy files by it. Where the YAML language server is used (VS Code, Neovim, JetBrains), a file says so in
        its first line, with the path to the schema from where the file is:

          # yaml-language-server: $schema=policy.schema.json

          aiaccess policy schema > policies/policy.schema.json

        The schema knows keys, words and forms. What refers to something else (groups, people, credentials, environment variables) is told by
        'aiaccess policy check'.
        """;

    public static Command Create()
    {
        var command = new Command("schema", "Print the JSON schema of the policy files, for editors.");
        command.SetAction(parsed =>
        {
            parsed.InvocationConfiguration.Output.Write(PolicySchema.Text());
            return ExitCode.Done;
        });
        return TeachingHelp.On(command, Words);
    }
}
