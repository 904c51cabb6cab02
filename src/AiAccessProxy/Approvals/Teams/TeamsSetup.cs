using AiAccessProxy.Approvals.Channels;
using AiAccessProxy.Approvals.Teams.Cards;
using AiAccessProxy.Approvals.Teams.Chat;
using AiAccessProxy.Approvals.Teams.Connector;
using AiAccessProxy.Approvals.Teams.Inbound;
using AiAccessProxy.Approvals.Teams.Install;
using AiAccessProxy.Settings;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Approvals.Teams;

/// <summary>Registers the channel.</summary>
internal static class TeamsSetup
{
    public static IServiceCollection AddTeams(this IServiceCollection services, IConfiguration settings) => services
        .AddSettings<TeamsOptions>(settings)
        .AddSingleton<ServiceHosts>()
        .AddSingleton<ConnectorWire>()
        .AddSingleton<MsalClients>()
        .AddSingleton<IConnectorTokens>(provider => provider.GetRequiredService<IOptions<TeamsOptions>>().Value.Playground
            ? new NoTokens()
            : ActivatorUtilities.CreateInstance<MsalTokens>(provider))
        .AddHostedService<CertificateCheck>()
        .AddSingleton<ConnectorClient>()
        .AddSingleton<ConversationBook>()
        .AddSingleton<ConversationWatch>()
        .AddHostedService(provider => provider.GetRequiredService<ConversationWatch>())
        .AddSingleton<IConversationPlaces, ConversationPlaces>()
        .AddSingleton<IPostConfigureOptions<ChannelOptions>, PlaygroundPlace>()
        .AddSingleton<ChannelTokens>()
        .AddSingleton<TurnReader>()
        .AddSingleton<HeardTurns>()
        .AddSingleton<TicketWords>()
        .AddSingleton<SuspendWords>()
        .AddSingleton<Replies>()
        .AddSingleton<BotCommands>()
        .AddSingleton<TurnAnswers>()
        .AddSingleton<Messages>()
        .AddCards();
}
