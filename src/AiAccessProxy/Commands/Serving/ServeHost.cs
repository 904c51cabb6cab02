using AiAccessProxy.Approvals;
using AiAccessProxy.Control;
using AiAccessProxy.Forwarding;
using AiAccessProxy.Gate;
using AiAccessProxy.Gate.Limits;
using AiAccessProxy.Gate.Wire;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;
using AiAccessProxy.Telemetry;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Commands.Serving;

/// <summary>The rooms put together behind two listeners.</summary>
internal static class ServeHost
{
    public static WebApplication Build(ServeSettings settings, Plane agents, Plane control)
    {
        KestrelSwitches.Set();
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddEnvironmentVariables("AIACCESS__");
        builder.Configuration.AddInMemoryCollection(settings.CommandLine);
        AddLogs(builder.Logging, control);
        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddLedger(builder.Configuration)
            .AddPolicies(builder.Configuration)
            .AddApprovals(builder.Configuration)
            .AddForwarding(builder.Configuration)
            .AddGate(builder.Configuration)
            .AddControl(builder.Configuration)
            .AddTelemetry(builder.Configuration)
            .AddSingleton(CertificateOfAgents);
        // A flush waits until the socket has taken the bytes. Otherwise they would still lie in this process when an answer is recorded as
        // delivered, and a process that dies there would have its agent ask again for what was done already.
        builder.WebHost.UseSockets(sockets => sockets.MaxWriteBufferSize = 1);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            // The server is the first that asks for settings.
            WrongSettings.Refuse(kestrel.ApplicationServices);
            kestrel.AddServerHeader = false;
            kestrel.RequestHeaderEncodingSelector = FieldEncodings.Of;
            // Bodies are bounded where they are read whole; what is streamed through is the upstream's to bound.
            kestrel.Limits.MaxRequestBodySize = null;
            var services = kestrel.ApplicationServices;
            ServerLimits.Apply(
                kestrel.Limits, services.GetRequiredService<IOptions<LimitOptions>>().Value,
                services.GetRequiredService<IOptions<ApprovalOptions>>().Value.MaxHeldPerAgent);
            agents.Listen(
                kestrel, services.GetRequiredService<IOptions<GateOptions>>().Value.Url,
                services.GetRequiredService<AgentConnections>().CountAsync, services.GetRequiredService<PlaneCertificate>());
            control.Listen(kestrel, services.GetRequiredService<IOptions<ControlOptions>>().Value.Url);
        });

        var app = builder.Build();
        app.MapWhen(agents.Holds, plane => plane.RunGate());
        app.MapWhen(control.Holds, plane => plane.RunControl());
        return app;
    }

    private static PlaneCertificate CertificateOfAgents(IServiceProvider services)
    {
        var gate = services.GetRequiredService<IOptions<GateOptions>>().Value;
        var files = string.IsNullOrEmpty(gate.Certificate)
            ? null
            : new PemFiles(gate.Certificate, string.IsNullOrEmpty(gate.CertificateKey) ? gate.Certificate : gate.CertificateKey);
        return new("gate", files, services.GetRequiredService<TimeProvider>())
        {
            HandshakeTime = services.GetRequiredService<IOptions<LimitOptions>>().Value.HandshakeTime,
        };
    }

    private static void AddLogs(ILoggingBuilder logs, Plane last)
    {
        logs.ClearProviders();
        logs.AddSimpleConsole(console => (console.SingleLine, console.IncludeScopes) = (true, true));
        logs.AddFilter("Microsoft", LogLevel.Warning);
        // Its scope would put the request's path on every line, and a rule may redact part of that.
        logs.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        // A start that fails is told in one line by the command; the host would tell it again with its stack.
        logs.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", _ => last.IsListening);
        // Standard output is for what a person or a script asked for; logs go beside it.
        logs.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
