using AiAccessProxy.Actions;
using AiAccessProxy.Agents;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals;

/// <summary>
/// Looks at a held call again under the rules in force and at the time it is now: what was approved must still be what would be asked for.
/// A time that a rule names and that began or ended since then changes what is asked for as a change of the files does.
/// </summary>
internal static class Redeciding
{
    /// <summary>Other rules, or other terms, ask for the approval.</summary>
    public const string Changed = "what the rules ask for changed since the ticket was opened";

    /// <summary>The call under these rules; null when its agent or the key it came with is no more, or it is no call of its route any more.</summary>
    public static Bound? Of(Bound bound, PolicySnapshot rules, DateTimeOffset at) =>
        Of(bound.Action.Caller, bound.Action.Route, bound.Action.Action, rules, at);

    /// <inheritdoc cref="Of(Bound, PolicySnapshot, DateTimeOffset)"/>
    public static Bound? Of(Caller known, string routeId, ApiAction action, PolicySnapshot rules, DateTimeOffset at)
    {
        if (rules.Agents.Again(known, at) is not { } caller) return null;
        // Also when the hash is the same: a secret that the files only refer to may have changed.
        return rules.RouteAgain(routeId, action) is { } route ? rules.Decide(route, caller, action, at) : null;
    }

    /// <summary>Why <paramref name="ticket"/> is no consent to the call as it is seen now; null when it is.</summary>
    public static string? Objection(Ticket ticket, Bound? now) => now switch
    {
        null => "the agent or its key is no longer in the policy, or the call is no longer for this route",
        { Decision: Decision.Deny } => "the rules deny the call now",
        { Decision: not Decision.RequireApproval } => "the call needs no approval now",
        { Decision: Decision.RequireApproval(var requirement) } when requirement.Fingerprint != ticket.Fingerprint => Changed,
        _ when now.Action.Digest.Hex != ticket.Action.Digest => "the policy changed where or with what the call would be sent",
        _ => null,
    };
}
