using AiAccessProxy.Agents;
using AiAccessProxy.Gate.Limits;
using AiAccessProxy.Gate.Wire;
using AiAccessProxy.Policies;
using AiAccessProxy.Settings;
using AiAccessProxy.Telemetry;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Gate;

/// <summary>Registers the room and puts it behind the agent plane's listener.</summary>
internal static class GateRoom
{
    public static IServiceCollection AddGate(this IServiceCollection services, IConfiguration settings)
    {
        return services
            .AddSettings<GateOptions>(settings)
            .AddSettings<LimitOptions>(settings)
            .AddSingleton<PlaneAddress>()
            .AddSingleton<AgentIdentification>()
            .AddSingleton<CallRefusals>()
            .AddSingleton<AgentExcess>()
            .AddSingleton<HandshakePace>()
            .AddSingleton(_ => ClosedConnections.InBackground())
            .AddSingleton<AgentConnections>()
            .AddSingleton<CallPlaces>()
            .AddSingleton<Turnstile>()
            .AddSingleton<PeopleOutside>()
            .AddSingleton<CallReader>()
            .AddSingleton<RateCounter>()
            .AddSingleton<GateAnswers>()
            .AddSingleton<CallGate>()
            .AddSingleton<GateSettings>()
            .AddSingleton<OwnTickets>();
    }

    /// <summary>The whole agent plane: own tickets under one prefix, and calls.</summary>
    public static void RunGate(this IApplicationBuilder plane)
    {
        var calls = plane.ApplicationServices.GetRequiredService<CallGate>();
        var own = plane.ApplicationServices.GetRequiredService<OwnTickets>();
        var limits = plane.ApplicationServices.GetRequiredService<IOptions<LimitOptions>>().Value;
        plane.Use((context, next) =>
        {
            if (context.Request.Headers.TransferEncoding.Count > 0) context.Features.Get<ChunkedWire>()?.BeginBody(limits.ChunkExtensions);
            return next(context);
        });
        var turnstile = plane.ApplicationServices.GetRequiredService<Turnstile>();
        var people = plane.ApplicationServices.GetRequiredService<PeopleOutside>();
        RequestDelegate inside = context => context.Request.Path.StartsWithSegments(OwnTickets.Prefix, StringComparison.Ordinal)
            ? own.HandleAsync(context)
            : calls.HandleAsync(context);
        RequestDelegate withoutPeople = context => people.PassAsync(context, inside);
        RequestDelegate whole = context => turnstile.PassAsync(context, withoutPeople);
        var address = plane.ApplicationServices.GetRequiredService<PlaneAddress>();
        var named = () => address.Named;
        plane.Run(context => ServerSpan.TraceAsync(context, named, whole));
    }
}
