using AiAccessProxy.Approvals.Channels;
using AiAccessProxy.Approvals.Instances;
using AiAccessProxy.Approvals.Roster;
using AiAccessProxy.Approvals.Teams;
using AiAccessProxy.Settings;

namespace AiAccessProxy.Approvals;

/// <summary>Registers the room.</summary>
internal static class ApprovalsRoom
{
    public static IServiceCollection AddApprovals(this IServiceCollection services, IConfiguration settings)
    {
        return services
            .AddSettings<ApprovalOptions>(settings)
            .AddSingleton<Instance>()
            .AddSingleton<Records>()
            .AddSingleton<InstanceSet>()
            .AddSingleton<InstanceRoll>()
            .AddSingleton<Leaving>()
            .AddSingleton<Tickets>()
            .AddSingleton<RosterBook>()
            .AddSingleton<RosterDecisions>()
            .AddSingleton<RosterDesk>()
            .AddSingleton<KeyDesk>()
            .AddSingleton<Repeats>()
            .AddSingleton<Opening>()
            .AddSingleton<Waiting>()
            .AddSingleton<Voting>()
            .AddSingleton<TicketLookup>()
            .AddSingleton<ApprovalDesk>()
            .AddSingleton<Running>()
            .AddSingleton<Using>()
            .AddSingleton<Recording>()
            .AddSingleton<Closing>()
            .AddSingleton<Clearing>()
            .AddSingleton<Epochs>()
            .AddSingleton<Overdue>()
            .AddSingleton<RefusalCounter>()
            .AddChannels(settings)
            .AddTeams(settings)
            .AddHostedService<LifeRecords>()
            .AddHostedService<SignalStart>()
            .AddHostedService<RosterWatch>()
            .AddHostedService<Presence>()
            .AddHostedService<Deadlines>()
            .AddHostedService<Watcher>()
            .AddHostedService<CardWatch>()
            .AddHostedService<CardNews>()
            .AddHostedService(provider => provider.GetRequiredService<RefusalCounter>());
    }
}
