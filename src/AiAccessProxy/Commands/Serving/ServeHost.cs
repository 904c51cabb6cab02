using AiAccessProxy.Approvals;
using AiAccessProxy.Control;
using AiAccessProxy.Forwarding;
using AiAccessProxy.Gate;
using AiAccessProxy.Gate.Limits;
using AiAccessProxy.Gate.Wire;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;
using AiAccessProxy.Settings;
using AiAccessProxy.Telemetry;
using AiAccessProxy.Tokens;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Commands.Serving;

/// <summary>The rooms put together behind two listeners.</summary>
internal static class ServeHost
{
    public static WebApplication Build(ServeSettings settings, Plane agents, Plane control)
    {
        KestrelSwitches.Set();
        // Empty: the usual builder also takes settings, addresses, trust in X-Forwarded-For and code to run from the environment, past ours.
        var builder = WebApplication.CreateEmptyBuilder(new());
        var sources = settings.Sources();
        sources.AddTo(builder.Configuration);
        AddLogs(builder.Logging, builder.Configuration, control);
        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddSingleton(sources)
            .AddTokens(builder.Configuration)
            .AddLedger(builder.Configuration)
            .AddPolicies(builder.Configuration)
            .AddApprovals(builder.Configuration)
            .AddForwarding(builder.Configuration)
            .AddGate(builder.Configuration)
            .AddControl(builder.Configuration)
            .AddTelemetry(builder.Configuration)
            .AddSettings<TlsOptions>(builder.Configuration)
            .AddSingleton<PlaneCertificates>()
            .AddSingleton<OpenConnections>()
            .AddHostedService<SettingsRecord>()
            .AddHostedService<CertificateWatch>();
        // A flush waits until the socket has taken the bytes. Otherwise they would still lie in this process when an answer is recorded as
        // delivered, and a process that dies there would have its agent ask again for what was done already.
        builder.WebHost.UseSockets(sockets => sockets.MaxWriteBufferSize = 1);
        builder.WebHost.UseKestrel(kestrel =>
        {
            // The server is the first that asks for settings.
            WrongSettings.Refuse(kestrel.ApplicationServices, settings.Problems);
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
                services.GetRequiredService<AgentConnections>().CountAsync, services.GetRequiredService<PlaneCertificates>().OfAgents);
            control.Listen(
                kestrel, services.GetRequiredService<IOptions<ControlOptions>>().Value.Url, null,
                services.GetRequiredService<PlaneCertificates>().OfControl);
        });

        var app = builder.Build();
        app.MapWhen(agents.Holds, plane => plane.RunGate());
        app.MapWhen(control.Holds, plane => plane.RunControl());
        return app;
    }

    private static void AddLogs(ILoggingBuilder logs, IConfiguration settings, Plane last)
    {
        logs.AddConfiguration(settings.GetSection("Logging"));
        logs.Configure(scopes => scopes.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
        logs.AddSimpleConsole(console => (console.SingleLine, console.IncludeScopes) = (true, true));
        logs.AddFilter("Microsoft", LogLevel.Warning);
        // Its scope would put the request's path on every line, and a rule may redact part of that.
        logs.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        // A start that fails is told in one line by the command; the host would tell it again with its stack.
        logs.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => level >= LogLevel.Warning && last.IsListening);
    }
}
