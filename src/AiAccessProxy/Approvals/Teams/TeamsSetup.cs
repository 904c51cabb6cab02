using AiAccessProxy.Approvals.Teams.Cards;
using AiAccessProxy.Approvals.Teams.Connector;
using AiAccessProxy.Settings;

namespace AiAccessProxy.Approvals.Teams;

/// <summary>Registers the channel.</summary>
internal static class TeamsSetup
{
    public static IServiceCollection AddTeams(this IServiceCollection services, IConfiguration settings) => services
        .AddSettings<TeamsOptions>(settings)
        .AddSingleton<ServiceHosts>()
        .AddSingleton<ConnectorWire>()
        .AddSingleton<IConnectorTokens, NoTokens>()
        .AddSingleton<ConnectorClient>()
        .AddSingleton<CardTurns>();
}
