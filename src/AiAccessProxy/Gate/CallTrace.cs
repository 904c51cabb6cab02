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
        var (effect, risk, rule) = (EffectOf(bound.Decision), RiskOf(bound.Decision.Classification.Risk), RuleOf(bound.Decision));
        if (GateSignals.Decisions.Enabled)
        {
            var labels = new TagList { { "effect", effect }, { "risk", risk }, { "route", bound.Action.Route }, { "rule", rule } };
            GateSignals.Decisions.Add(1, labels);
        }

        if (Activity.Current is not { IsAllDataRequested: true } span) return;
        span.SetTag(Attributes.Agent, bound.Action.Caller.Agent.Id);
        span.SetTag(Attributes.OnBehalfOf, bound.Action.Caller.OnBehalfOf);
        span.SetTag(Attributes.Route, bound.Action.Route);
        span.SetTag(Attributes.Decision, effect);
        span.SetTag(Attributes.Risk, risk);
        span.SetTag(Attributes.Rule, rule);
        span.SetTag(Attributes.Rules, bound.Decision.Rules.Select(one => one.Id).ToArray());
        span.SetTag(Attributes.Action, bound.Decision.Classification.ActionName);
        span.SetTag(Attributes.Policy, bound.Policy);
        // Without a rule nobody has said what of it is secret.
        if (bound.Decision.Rules.Count > 0) span.SetTag(Attributes.UrlPath, SpanPath.Of(CallRefusals.PathOf(bound)));
        GenAiTrace.Tell(span, bound);
    }

    /// <summary>From the span to the ledger: which record let the call through, and under which ticket.</summary>
    public static void Cleared(LedgerRecord record)
    {
        if (Activity.Current is not { IsAllDataRequested: true } span) return;
        span.SetTag(Attributes.Record, record.Id.ToString());
        if (record.Ticket is { } ticket) span.SetTag(Attributes.Ticket, ticket);
    }

    private static string EffectOf(Decision decision) => decision switch
    {
        Decision.Allow => "allow",
        Decision.RequireApproval => "require_approval",
        _ => "deny",
    };

    private static string RiskOf(Risk? risk) => risk switch
    {
        null => "none",
        Risk.Low => "low",
        Risk.Medium => "medium",
        Risk.High => "high",
        _ => "critical",
    };

    /// <summary>One of them, so that decisions are counted once; the first by id, so that it is always the same.</summary>
    private static string RuleOf(Decision decision) => decision.Rules is [var first, ..] ? first.Id : "none";
}
