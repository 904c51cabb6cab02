using AiAccessProxy.Approvals.Channels;
using AiAccessProxy.Policies;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Approvals.Teams.Install;

/// <summary>In the playground, tickets for which nobody names a place are told where the bot was added last: trying it out takes no ids of chats.</summary>
internal sealed class PlaygroundPlace(IOptions<TeamsOptions> teams) : IPostConfigureOptions<ChannelOptions>
{
    /// <summary>Of no chat outside of the playground, whatever it is called.</summary>
    public const string Name = "playground";

    public void PostConfigure(string? name, ChannelOptions options)
    {
        if (teams.Value.Playground && options.Default.Count == 0) options.Default.Add(new NotifyPlace(TeamsChannel.Name, Name).ToString());
    }
}
