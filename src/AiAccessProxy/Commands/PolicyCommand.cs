using System.CommandLine;
using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Files;

namespace AiAccessProxy.Commands;

/// <summary><c>aiaccess policy check</c>: every problem of a folder at once, before the proxy would refuse it.</summary>
internal static class PolicyCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("dir")
        {
            Description = "Folder of the policy files.",
            DefaultValueFactory = _ => new PolicyOptions().Folder,
        };
        var check = new Command("check", "Read the policies as the proxy would; tell every problem with file, line, rule, field and remedy.") { folder };
        check.SetAction(parsed =>
            PolicyCheck.Run(parsed.GetRequiredValue(folder), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return new Command("policy", "What is allowed, denied, or waits for people.") { check };
    }
}
