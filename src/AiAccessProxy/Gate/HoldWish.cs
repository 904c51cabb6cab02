using AiAccessProxy.Actions;
using AiAccessProxy.Approvals;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Gate;

/// <summary>How long a call is held: what the agent's <c>Prefer</c> (RFC 7240) asks within bounds, else its route, else the setting.</summary>
internal static class HoldWish
{
    public static Hold For(Preference preference, WhenPending then, TimeSpan? routeHold, GateOptions options)
    {
        if (preference.RespondAsync) return new(TimeSpan.Zero, WhenPending.Accepted);
        if (preference.Wait is not { } wait) return new(routeHold ?? options.Hold, then);
        return new(wait < options.MaxHold ? wait : options.MaxHold, WhenPending.Accepted);
    }
}
