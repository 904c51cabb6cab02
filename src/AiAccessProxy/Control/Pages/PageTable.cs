using AiAccessProxy.Control.Guarding;
using AiAccessProxy.Control.Live;
using AiAccessProxy.Control.Pages.Operating;
using AiAccessProxy.Control.Pages.Parties;
using AiAccessProxy.Control.Pages.Rulebook;
using AiAccessProxy.Control.Pages.Searching;
using AiAccessProxy.Control.SignIn;
using Microsoft.AspNetCore.Routing;

namespace AiAccessProxy.Control.Pages;

/// <summary>The console's pages as one table, for people who have signed in.</summary>
internal static class PageTable
{
    public static IServiceCollection AddPages(this IServiceCollection services) => services
        .AddSingleton<TicketEndpoints>().AddSingleton<PartyEndpoints>().AddSingleton<PolicyEndpoints>().AddSingleton<RecordEndpoints>()
        .AddSingleton<HealthConcerns>().AddSingleton<InstanceConcern>().AddSingleton<ChannelConcern>().AddSingleton<LedgerConcern>().AddSingleton<OperatingEndpoints>().AddSingleton<ChangeStream>();

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        var tickets = services.GetRequiredService<TicketEndpoints>();
        var parties = services.GetRequiredService<PartyEndpoints>();
        var operating = services.GetRequiredService<OperatingEndpoints>();

        var pages = endpoints.MapGroup("").WithMetadata(new Admits(Surface.Page));
        pages.MapGet("/", tickets.InboxAsync);
        pages.MapGet("/history", tickets.HistoryAsync);
        pages.MapGet("/tickets/{id}", tickets.TicketAsync);
        pages.MapPost("/tickets/{id}/votes", tickets.VoteAsync);
        pages.MapGet("/agents", parties.AgentsAsync);
        pages.MapGet("/agents/{id}", parties.AgentAsync);
        pages.MapPost("/agents/{id}/suspend", parties.SuspendAsync);
        pages.MapPost("/agents/{id}/resume", parties.ResumeAsync);
        pages.MapGet("/people", parties.PeopleAsync);
        pages.MapGet("/policy", services.GetRequiredService<PolicyEndpoints>().PolicyAsync);
        pages.MapGet("/ledger", services.GetRequiredService<RecordEndpoints>().LedgerAsync);
        pages.MapGet("/settings", operating.SettingsAsync);
        pages.MapGet("/health", operating.HealthAsync);
        pages.MapGet("/events", services.GetRequiredService<ChangeStream>().RunAsync);
        pages.MapPost("/sign-out", services.GetRequiredService<SignOutEndpoint>().SignOutAsync);
    }
}
