using System.CommandLine;
using AiAccessProxy.Commands.PolicyTools;
using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Files;

namespace AiAccessProxy.Commands;

/// <summary><c>aiaccess policy …</c>: everything that can be asked of policies before the proxy runs by them.</summary>
internal static class PolicyCommand
{
    public static Command Create() => new("policy", "What is allowed, denied, or waits for people.")
    {
        Check(), TestCommand.Create(Folder()), ExplainCommand.Create(Folder()),
    };

    private static Command Check()
    {
        var folder = Folder();
        var check = new Command("check", "Read the policies as the proxy would; tell every problem with file, line, rule, field and remedy.") { folder };
        check.SetAction(parsed =>
            PolicyCheck.Run(parsed.GetRequiredValue(folder), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return check;
    }

    private static Argument<string> Folder() => new("dir")
    {
        Description = "Folder of the policy files.",
        DefaultValueFactory = _ => new PolicyOptions().Folder,
    };
}
