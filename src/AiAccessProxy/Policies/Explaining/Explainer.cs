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

    public static Explanation Of(Route route, Bound bound)
    {
        var fields = new CallFields(route.Around(bound.Action.Caller, bound.Action.Action, bound.At));
        var calls = route.RulesById.Select(rule => (Rule: rule, Call: new CallView(fields, rule, route.Reading))).ToList();
        var redactions = new Redactions([.. calls.SelectMany(one => one.Rule.Redact.Select(field => new NamedReading(field, one.Call.Read(field))))]);
        return new()
        {
            Outcome = bound.Decision switch
            {
                Decision.Allow => "allow",
                Decision.RequireApproval => "require_approval",
                _ => "deny",
            },
            Reason = (bound.Decision as Decision.Deny)?.Reason,
            Route = route.Id,
            ByDefault = bound.Decision.Rules.Count == 0,
            Rules = [.. calls.Select(one => Of(one.Rule, one.Call, redactions))],
            Approval = bound.Decision is Decision.RequireApproval(var requirement) ? ExplainedApproval.Of(requirement) : null,
            Credential = bound.Action.Credential?.Id,
            Redacted = [.. bound.Decision.Redact.Select(one => one.Field.Text).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Policy = bound.Policy,
        };
    }

    private static ExplainedRule Of(Rule rule, CallView call, Redactions redactions)
    {
        var outcome = new RuleOutcome(rule, call, rule.Match.Judge(call));
        return new(rule.Id, rule.Effect, outcome.Truth, outcome.Matches, Parts(rule.Match, call, redactions));
    }

    private static ExplainedCondition Of(Condition condition, CallView call, Redactions redactions) => condition switch
    {
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
        // A negated block is an `all` itself: what stands in it is told directly.
        Condition.Not { Part: Condition.All block } => Parts(block, call, redactions),
        Condition.Not not => [Of(not.Part, call, redactions)],
        _ => [Of(condition, call, redactions)],
    };
}
