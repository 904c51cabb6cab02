using System.CommandLine;
using AiAccessProxy.Commands.Serving;
using AiAccessProxy.Control.SignIn;
using AiAccessProxy.Gate;
using AiAccessProxy.Ledger;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Commands;

/// <summary><c>aiaccess serve</c>: both planes in one process, until it is told to stop.</summary>
internal static class ServeCommand
{
    private const string Words = """
        The two addresses that it prints are where agents and people go. All settings: docs/settings.md.

        Examples:
          aiaccess serve --policies policies --data data --local grace
          aiaccess serve --redis redis.internal:6379 --approvals:drain 10s
          aiaccess serve --gate:hold 1m --control:url http://127.0.0.1:9081
        """;

    public static Command Create()
    {
        var policies = new Option<string?>("--policies") { Description = "Folder of the policy files (setting policies:folder)." };
        var data = new Option<string?>("--data") { Description = "Folder of the ledger (setting ledger:folder)." };
        var redis = new Option<string?>("--redis")
        {
            Description = "Redis that holds the ledger of several instances, host:port (setting ledger:redis:configuration).",
        };
        var local = new Option<string?>("--local")
        {
            Description = "Print a one-time sign-in link for this person; loopback only (setting control:local).",
        };
        var command = new Command("serve", "Run the proxy (the default). Any setting may be given as --section:key value.")
        {
            policies, data, redis, local,
        };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, cancellationToken) =>
        {
            var settings = ServeSettings.From(parsed.UnmatchedTokens, new Dictionary<string, string?>
            {
                ["policies:folder"] = parsed.GetValue(policies),
                ["ledger:folder"] = parsed.GetValue(data),
                ["ledger:redis:configuration"] = parsed.GetValue(redis),
                ["control:local"] = parsed.GetValue(local),
            });
            return RunAsync(parsed, settings, cancellationToken);
        });
        return TeachingHelp.On(command, Words);
    }

    private static async Task<int> RunAsync(ParseResult parsed, ServeSettings settings, CancellationToken cancellationToken)
    {
        var (agents, control) = (new Plane("agent"), new Plane("control"));
        try
        {
            await using var app = ServeHost.Build(settings, agents, control);
            app.Services.GetRequiredService<PlaneAddress>().Bound = () => agents.Address;
            await app.StartAsync(cancellationToken);
            control.IsListening = true;
            Announce(app, agents, control, parsed.InvocationConfiguration.Output);
            new SelfCheck(app.Services, agents, control).Tell();
            return await Stopping.UntilStoppedAsync(app, cancellationToken);
        }
        catch (OptionsValidationException refused)
        {
            return Refuse(parsed, refused.Failures);
        }
        catch (Exception refused) when (refused is LedgerRefusedException or LedgerUnavailableException)
        {
            return parsed.Fail(ExitCode.Failed, refused.Message);
        }
    }

    /// <summary>Where to point agents and people. Scripts read these lines.</summary>
    private static void Announce(WebApplication app, Plane agents, Plane control, TextWriter output)
    {
        output.WriteLine($"agents   {agents.Address.GetLeftPart(UriPartial.Authority)}");
        output.WriteLine($"console  {control.Address.GetLeftPart(UriPartial.Authority)}");
        var link = app.Services.GetRequiredService<LocalLink>();
        if (link.Person is not null) output.WriteLine($"sign in  {link.Make(control.Address)}");
        output.Flush();
    }

    private static int Refuse(ParseResult parsed, IEnumerable<string> problems)
    {
        foreach (var problem in problems) parsed.Fail(ExitCode.Wrong, problem);
        return ExitCode.Wrong;
    }
}
