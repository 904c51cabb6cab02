using AiAccessProxy.Control.Reading;

namespace AiAccessProxy.Control.Api.Shapes;

/// <summary>What an agent did since midnight (UTC), in calls.</summary>
/// <param name="Asked">Tickets that its calls opened.</param>
/// <param name="Refused">Calls that were refused for another reason than a rule, or because of a ticket.</param>
/// <param name="LastHour">Of the last 60 minutes, whatever became of them.</param>
internal sealed record ActivityJson(long Allowed, long Denied, long Asked, long Refused, long LastHour, DateTimeOffset? LastSeen)
{
    public static ActivityJson Of(AgentActivity activity) =>
        new(activity.Allowed, activity.Denied, activity.Asked, activity.Refused, activity.LastHour, activity.LastSeen);
}
