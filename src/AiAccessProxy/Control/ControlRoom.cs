using AiAccessProxy.Control.Api;
using AiAccessProxy.Control.Assets;
using AiAccessProxy.Control.Channels;
using AiAccessProxy.Control.Guarding;
using AiAccessProxy.Control.Pages;
using AiAccessProxy.Control.Reading;
using AiAccessProxy.Control.SignIn;
using AiAccessProxy.Control.SignIn.Oidc;
using AiAccessProxy.Control.Stories;
using AiAccessProxy.Settings;
using AiAccessProxy.Telemetry;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Control;

/// <summary>Registers the room and puts it behind the control plane's listener.</summary>
internal static class ControlRoom
{
    public static IServiceCollection AddControl(this IServiceCollection services, IConfiguration settings)
    {
        services.AddRouting();
        return services
            .AddSettings<ControlOptions>(settings)
            .AddSingleton(provider => provider.GetRequiredService<IOptions<ControlOptions>>().Value.Console)
            .AddOidc(settings)
            .AddSingleton<OwnAuthority>().AddSingleton<ControlGuard>().AddSingleton<Admission>().AddSingleton<FormCheck>()
            .AddSingleton<FailedTries>().AddSingleton<PersonalKeys>().AddSingleton<SessionRoll>().AddSingleton<SessionStore>().AddSingleton<SessionCookie>()
            .AddSingleton<LocalLink>().AddSingleton<SignInDesk>().AddSingleton<Entry>().AddSingleton<SignInPage>().AddSingleton<SignInEndpoints>()
            .AddSingleton<StoryBook>().AddSingleton<Today>().AddSingleton<EventTape>().AddSingleton<LedgerReading>().AddSingleton<LedgerPages>()
            .AddHostedService<LedgerFollowing>()
            .AddPages().AddSingleton<Probes>().AddSingleton<MetricsEndpoint>()
            .AddSingleton<TicketApi>().AddSingleton<TicketListing>().AddSingleton<AgentApi>().AddSingleton<AgentViews>().AddSingleton<KeyApi>()
            .AddSingleton<PeopleApi>().AddSingleton<SnapshotApi>().AddSingleton<PolicyApi>().AddSingleton<LedgerApi>()
            .AddSingleton<EventApi>().AddSingleton<StillAdmitted>().AddSingleton<HealthApi>().AddSingleton<SettingsApi>()
            .AddSingleton<CertificateHealth>().AddHostedService<AlarmGauges>().AddHostedService<PendingGauges>()
            .AddHostedService<ReviewerCheck>()
            .AddSingleton<TeamsEndpoint>().AddHostedService<PlaygroundCheck>();
    }

    /// <summary>The whole control plane.</summary>
    public static void RunControl(this IApplicationBuilder plane)
    {
        // A pipeline of its own: routing of the program as a whole would look at the agents' calls too.
        var control = new ApplicationBuilder(plane.ApplicationServices);
        control.UseMiddleware<ControlGuard>();
        control.UseRouting();
        control.UseMiddleware<Admission>();
        control.UseEndpoints(Map);
        var inside = control.Build();
        var own = plane.ApplicationServices.GetRequiredService<OwnAuthority>();
        plane.Run(context =>
        {
            if (ControlGuard.IsProbe(context.Request)) ServerSpan.Silence(context);
            return ServerSpan.TraceAsync(context, () => own.AddressOf(context), inside);
        });
    }

    private static void Map(IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        var probes = services.GetRequiredService<Probes>();
        var own = services.GetRequiredService<OwnAuthority>();
        var signIn = services.GetRequiredService<SignInEndpoints>();

        var open = endpoints.MapGroup("").WithMetadata(new Admits(Surface.Open));
        open.MapGet("/livez", Probes.LiveAsync);
        open.MapGet("/readyz", context => probes.ReadyAsync(context, own.OriginOf(context) is not null));
        open.MapGet("/metrics", services.GetRequiredService<MetricsEndpoint>().WriteAsync);
        open.MapGet("/assets/app.css", new Asset("app.css", "text/css; charset=utf-8").WriteAsync);
        open.MapGet("/assets/app.js", new Asset("app.js", "text/javascript; charset=utf-8").WriteAsync);
        open.MapGet("/assets/icon.svg", new Asset("icon.svg", "image/svg+xml").WriteAsync);
        open.MapGet("/sign-in", signIn.ShowAsync);
        open.MapPost("/sign-in", signIn.SignInAsync);
        open.MapGet("/sign-in/local", signIn.SignInByLinkAsync);
        open.MapGet("/sign-in/oidc", services.GetRequiredService<OidcEndpoints>().BeginAsync);
        open.MapGet(OidcClient.ReturnTo, services.GetRequiredService<OidcEndpoints>().ReturnAsync);

        PageTable.Map(endpoints);
        ApiTable.Map(endpoints);
        TeamsEndpoint.Map(endpoints);
    }
}
