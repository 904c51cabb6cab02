using System.Diagnostics;
using AiAccessProxy.Ledger;
using AiAccessProxy.Policies;
using AiAccessProxy.Telemetry;

namespace AiAccessProxy.Gate;

/// <summary>What a call's span and the decision counter say. Identities go on the span, never on a metric.</summary>
internal static class CallTrace
{
    public static void Decided(Bound bound)
    {
        var effect = bound.Decision switch
        {
            Decision.Allow => "allow",
            Decision.RequireApproval => "require_approval",
            _ => "deny",
        };
        var risk = bound.Decision.Classification.Risk?.ToString().ToLowerInvariant() ?? "none";
        Signals.Decisions.Add(
            1,
            new("effect", effect),
            new("risk", risk),
            new KeyValuePair<string, object?>("route", bound.Action.Route));
        if (Activity.Current is not { } span) return;
        span.SetTag("ai_access.agent", bound.Action.Caller.Agent.Id);
        span.SetTag("ai_access.on_behalf_of", bound.Action.Caller.OnBehalfOf);
        span.SetTag("ai_access.route", bound.Action.Route);
        span.SetTag("ai_access.decision", effect);
        span.SetTag("ai_access.risk", risk);
        span.SetTag("ai_access.rules", bound.Decision.Rules.Select(rule => rule.Id).ToArray());
    }

    /// <summary>From the span to the ledger: which record let the call through, and under which ticket.</summary>
    public static void Cleared(LedgerRecord record)
    {
        Activity.Current?.SetTag("ai_access.record", record.Id.ToString());
        if (record.Ticket is { } ticket) Activity.Current?.SetTag("ai_access.ticket", ticket);
    }
}
