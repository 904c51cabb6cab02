using System.CommandLine;
using AiAccessProxy.Commands.Serving;

namespace AiAccessProxy.Commands;

/// <summary><c>aiaccess serve</c>: both planes in one process, until it is told to stop.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var policies = new Option<string?>("--policies") { Description = "Folder of the policy files (setting policies:folder)." };
        var data = new Option<string?>("--data") { Description = "Folder of the ledger (setting ledger:folder)." };
        var local = new Option<string?>("--local")
        {
            Description = "Print a one-time sign-in link for this person; loopback only (setting control:local).",
        };
        var command = new Command("serve", "Run the proxy. Any setting may be given as --section:key value.")
        {
            policies, data, local,
        };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, cancellationToken) => ServeHost.RunAsync(
            ServeSettings.From(
                parsed.UnmatchedTokens,
                new Dictionary<string, string?>
                {
                    ["policies:folder"] = parsed.GetValue(policies),
                    ["ledger:folder"] = parsed.GetValue(data),
                    ["control:local"] = parsed.GetValue(local),
                }),
            cancellationToken));
        return command;
    }
}
