using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals;

/// <summary>Looks at a held call again under the rules in force now: what was approved must still be what would be asked for.</summary>
internal static class Redeciding
{
    /// <summary>The call under these rules; null when its agent, the key it came with, or its route is no more.</summary>
    public static Bound? Of(Bound bound, PolicySnapshot rules, DateTimeOffset at)
    {
        if (rules.Agents.Again(bound.Action.Caller, at) is not { } caller) return null;
        // Also when the hash is the same: a secret that the files only refer to may have changed.
        var route = rules.Routes.FirstOrDefault(route => route.Id == bound.Action.Route);
        return route is null ? null : rules.Decide(route, caller, bound.Action.Action);
    }

    /// <summary>Why <paramref name="ticket"/> is no consent to the call as it is seen now; null when it is.</summary>
    public static string? Objection(Ticket ticket, Bound? now) => now switch
    {
        null => "the agent, its key or the route is no longer in the policy",
        { Decision: Decision.Deny } => "the policy changed and denies the call now",
        { Decision: not Decision.RequireApproval } => "the policy changed and the call needs no approval now",
        { Decision: Decision.RequireApproval(var requirement) } when requirement.Fingerprint != ticket.Fingerprint =>
            "the policy changed since the ticket was opened",
        _ when now.Action.Digest.Hex != ticket.Action.Digest => "the policy changed where or with what the call would be sent",
        _ => null,
    };
}
