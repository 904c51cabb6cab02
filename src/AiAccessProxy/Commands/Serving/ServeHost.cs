using AiAccessProxy.Approvals;
using AiAccessProxy.Control;
using AiAccessProxy.Forwarding;
using AiAccessProxy.Gate;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;
using AiAccessProxy.Telemetry;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Commands.Serving;

/// <summary>Puts the rooms together, opens both planes and runs until told to stop. Exit code 2: settings or policies are wrong; 1: anything else.</summary>
internal static class ServeHost
{
    public static async Task<int> RunAsync(ServeSettings settings, CancellationToken cancellationToken)
    {
        if (settings.Problems.Count > 0) return Refuse(settings.Problems);

        // CVE-class leniency: a bare LF as line end lets a proxy and its upstream count requests differently.
        AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true);
        var (agents, control) = (new Plane("agent"), new Plane("control"));
        try
        {
            await using var app = Build(settings, agents, control);
            await app.StartAsync(cancellationToken);
            Announce(app, agents, control);
            await app.WaitForShutdownAsync(cancellationToken);
            return 0;
        }
        catch (OptionsValidationException wrong)
        {
            return Refuse(wrong.Failures);
        }
    }

    private static WebApplication Build(ServeSettings settings, Plane agents, Plane control)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddEnvironmentVariables("AIACCESS__");
        builder.Configuration.AddInMemoryCollection(settings.CommandLine);
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.IncludeScopes) = (true, true));
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        // Standard output is for what a person or a script asked for; logs go beside it.
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);

        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddLedger(builder.Configuration)
            .AddPolicies(builder.Configuration)
            .AddApprovals(builder.Configuration)
            .AddForwarding(builder.Configuration)
            .AddGate(builder.Configuration)
            .AddControl(builder.Configuration)
            .AddTelemetry(builder.Configuration);

        builder.WebHost.ConfigureKestrel((_, kestrel) =>
        {
            kestrel.AddServerHeader = false;
            // Bodies are bounded where they are read whole; what is streamed through is the upstream's to bound.
            kestrel.Limits.MaxRequestBodySize = null;
            agents.Listen(kestrel, kestrel.ApplicationServices.GetRequiredService<IOptions<GateOptions>>().Value.Url);
            control.Listen(kestrel, kestrel.ApplicationServices.GetRequiredService<IOptions<ControlOptions>>().Value.Url);
        });

        var app = builder.Build();
        app.MapWhen(agents.Holds, plane => plane.RunGate());
        app.MapWhen(control.Holds, plane => plane.RunControl());
        return app;
    }

    private static int Refuse(IEnumerable<string> problems)
    {
        foreach (var problem in problems) Console.Error.WriteLine($"aiaccess: {problem}");
        return 2;
    }
}
