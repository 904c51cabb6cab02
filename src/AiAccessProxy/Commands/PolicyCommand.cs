using System.CommandLine;
using AiAccessProxy.Commands.PolicyTools;
using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Files;

namespace AiAccessProxy.Commands;

/// <summary><c>aiaccess policy …</c>: everything that can be asked of policies before the proxy runs by them.</summary>
internal static class PolicyCommand
{
    private const string CheckWords = """
        A problem keeps the whole folder from being taken over, and ends the command with 2. A warning does not, unless --strict is given. It is
        about what is right and probably not meant:

          an allow that another spelling of a privileged call reaches (HEAD for GET, another case, a text for a number)
          a threshold that a call escapes by leaving the field out
          an opt-in (accept) under which a privileged call can be written so that an allow takes it
          a rule that no call can meet; a privileged rule that names no control
          approvals that nobody could give to one of the agents

        Warnings are found by making calls up from the rules and asking the policy; that none is found proves nothing.
        Whether the tests in the files pass is told by 'aiaccess policy test'.

          aiaccess policy check policies --strict
        """;

    public static Command Create() => new("policy", "What is allowed, denied, or waits for people.")
    {
        Check(), TestCommand.Create(Folder()), ShowCommand.Create(), ExplainCommand.Create(Folder()), SchemaCommand.Create(), DiffCommand.Create(),
    };

    private static Command Check()
    {
        var (folder, strict) = (Folder(), new Option<bool>("--strict") { Description = "End with 2 when there is a warning, too." });
        var check = new Command("check", "Read the policies as the proxy would; tell every problem with file, line, rule, field and remedy.") { folder, strict };
        check.SetAction((parsed, _) => PolicyCheck.RunAsync(
            parsed.GetRequiredValue(folder), parsed.GetValue(strict), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return TeachingHelp.On(check, CheckWords);
    }

    private static Argument<string> Folder() => new("dir")
    {
        Description = "Folder of the policy files.",
        DefaultValueFactory = _ => new PolicyOptions().Folder,
    };
}
