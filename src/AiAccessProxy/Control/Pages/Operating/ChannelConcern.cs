using AiAccessProxy.Approvals.Channels;

namespace AiAccessProxy.Control.Pages.Operating;

/// <summary>Whether reviewers are told where the rules say.</summary>
internal sealed class ChannelConcern(ReviewChannels channels, ChannelAlarm alarm)
{
    public IEnumerable<HealthConcern> Now => alarm.Failing switch
    {
        { Count: > 0 } failing =>
        [
            new("Channels", false, "Reviewers are not told of tickets where the rules say. Tickets wait, and can be decided here.")
            {
                Since = failing.Min(one => one.Since),
                ToDo = "Tell reviewers to look here, and see to the channel: its credential, the network, and whether the bot is still where it posts.",
                More = [.. failing.Select(one => $"{one.Place} since {one.Since.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z: {one.Why}")],
            },
        ],
        _ when channels.IsAny => [new("Channels", true, "No place is known where reviewers were not reached.")],
        _ => [],
    };
}
