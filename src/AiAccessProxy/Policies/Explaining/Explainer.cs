using AiAccessProxy.Actions;
using AiAccessProxy.Policies.Conditions;
using AiAccessProxy.Policies.Trials;
using AiAccessProxy.Policies.Wording;

namespace AiAccessProxy.Policies.Explaining;

/// <summary>Explains what came out for a call. The decision is the one that was made; the rules are asked once more for their reasons.</summary>
internal static class Explainer
{
    public static Explanation Explain(this TrialOutcome outcome, PolicySnapshot rules) => outcome switch
    {
        TrialOutcome.Decided(var route, var bound) => Of(route, bound),
        TrialOutcome.Refused refused => new()
        {
            Outcome = "refused",
            Reason = refused.Detail,
            Refusal = refused.Kind,
            Doubt = refused.Doubt is { } doubt ? OptIns.NameOf(doubt) : null,
            Policy = rules.Hash,
        },
        _ => throw new InvalidOperationException("A trial is decided or refused."),
    };

    /// <summary>For a call that is only told of; it names the parts that are not.</summary>
    public static Explanation Explain(this RecordedCall call, PolicySnapshot rules)
    {
        var (outcome, notKnown) = call.Decide(rules);
        return outcome.Explain(rules) with { NotKnown = notKnown, Recorded = call.Recorded };
    }

    private static Explanation Of(Route route, Bound bound)
    {
        var fields = new CallFields(route.Around(bound.Action.Caller, bound.Action.Action, bound.At));
        var outcomes = route.RulesById
            .Select(rule => (Rule: rule, Call: new CallView(fields, rule, route.Reading)))
            .Select(one => new RuleOutcome(one.Rule, one.Call, one.Rule.Match.Judge(one.Call)))
            .ToList();
        // What a rule calls secret is secret here whether or not the rule matches: its own conditions may well be about it.
        var redactions = new Redactions([.. outcomes.SelectMany(one => one.Rule.Redact.Select(field => new NamedReading(field, one.Call.Read(field))))]);
        var action = outcomes.Where(one => bound.Decision.Rules.Any(rule => rule.Id == one.Rule.Id))
            .Select(one => one.Rule.Action?.FillName(one.Call, redactions)).FirstOrDefault(name => name is not null);
        return new()
        {
            Outcome = bound.Decision switch
            {
                Decision.Allow => "allow",
                Decision.RequireApproval => "require_approval",
                _ => "deny",
            },
            Reason = (bound.Decision as Decision.Deny) is { } deny ? Reason(route, deny) : null,
            Route = route.Id,
            ByDefault = bound.Decision is Decision.Deny denied ? denied.ByDefault : bound.Decision.Rules.Count == 0,
            Rules = [.. outcomes.Select(one => Of(one, redactions))],
            Action = action,
            Risk = bound.Decision.Classification.Risk,
            Controls = bound.Decision.Classification.Controls,
            Approval = bound.Decision is Decision.RequireApproval(var requirement)
                ? ExplainedApproval.Of(requirement, action, Summaries(outcomes, redactions))
                : null,
            Credential = bound.Action.Credential?.Id,
            Redacted = [.. redactions.All.Select(one => one.Field.Text).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            NotKnown = bound.At is null ? ["time"] : [],
            Policy = bound.Policy,
        };
    }

    private static ExplainedRule Of(RuleOutcome one, Redactions redactions) =>
        new(one.Rule.Id, one.Rule.Effect, one.Truth, one.Matches, Parts(one.Rule.Match, one.Call, redactions))
        {
            WouldCount = one.Rule.IsObserved ? one.WouldMatch : null,
        };

    /// <summary>The decision's own reason tells values; the rules tell why here.</summary>
    private static string Reason(Route route, Decision.Deny deny)
    {
        if (deny.ByDefault) return $"No rule of route {route.Id} allows this call.";
        var denying = deny.Rules.Where(matched => route.RulesById.Any(rule => rule.Id == matched.Id && rule.Effect == Effect.Deny)).Select(rule => rule.Id).ToList();
        return denying.Count == 0 ? deny.Reason : $"Denied by {string.Join(", ", denying)}.";
    }

    private static IReadOnlyList<string> Summaries(IEnumerable<RuleOutcome> outcomes, Redactions redactions) =>
        [.. outcomes.Where(one => one is { Matches: true, Rule.Effect: Effect.RequireApproval })
            .Select(one => one.Rule.Summary?.Fill(one.Call, redactions)).OfType<string>().Distinct(StringComparer.Ordinal)];

    private static ExplainedCondition Of(Condition condition, CallView call, Redactions redactions) => condition switch
    {
        Condition.All { Parts: [var only] } => Of(only, call, redactions),
        Condition.All => Group("all of", condition, call, redactions),
        Condition.Any => Group("any of", condition, call, redactions),
        Condition.Not => Group("not", condition, call, redactions),
        _ => new(condition.Judge(call), string.Join("; ", Because.Of(condition, call, redactions)), []),
    };

    private static ExplainedCondition Group(string words, Condition group, CallView call, Redactions redactions) =>
        new(group.Judge(call), words, Parts(group, call, redactions));

    private static IReadOnlyList<ExplainedCondition> Parts(Condition condition, CallView call, Redactions redactions) => condition switch
    {
        Condition.All all => [.. all.Parts.Select(part => Of(part, call, redactions))],
        Condition.Any any => [.. any.Parts.Select(part => Of(part, call, redactions))],
        Condition.Not not => [Of(not.Part, call, redactions)],
        _ => [Of(condition, call, redactions)],
    };
}
