using AiAccessProxy.Actions;
using AiAccessProxy.Policies.Conditions;
using AiAccessProxy.Policies.Wording;

namespace AiAccessProxy.Policies;

/// <summary>What the rules of a route say of one action: the decision and the credential that goes with it.</summary>
internal sealed class Adjudication
{
    private readonly Route _route;
    private readonly IReadOnlyList<RuleOutcome> _matching;
    private readonly IReadOnlyList<RuleOutcome> _unsure;
    private readonly Redactions _redactions;

    public Adjudication(Route route, Circumstances circumstances)
    {
        _route = route;
        var outcomes = route.Outcomes(circumstances).ToList();
        _matching = [.. outcomes.Where(outcome => outcome.Matches)];
        _unsure = [.. outcomes.Where(outcome => !outcome.Matches && !outcome.Rule.IsObserved)];
        // An allow that cannot be told does not let the call through, but what it calls secret may well stand in it.
        _redactions = new(Readings(outcomes, rule => rule.Redact));
        var doubt = route.Unaccepted(circumstances.Action, [.. _matching.Select(outcome => outcome.Rule)]);
        Decision = (doubt is null ? Decide() : Unclear(doubt)) with
        {
            Redact = _redactions.All,
            Observed = Matched([.. outcomes.Where(outcome => outcome.Rule.IsObserved && outcome.WouldMatch)]),
        };
        if (Decision is not Decision.Deny) Decision = Decision with { Rates = Rates(Decision.Rules) };
        if (Decision is not Decision.RequireApproval) Decision = Decision with { Classification = ClassOf(Decision.Rules) };
    }

    public Decision Decision { get; }

    /// <summary>What is added to the call when it is sent; null for nothing.</summary>
    public UpstreamCredential? Credential { get; private set; }

    private Decision Decide()
    {
        if (Of(Effect.Deny) is [_, ..] denying) return Denied(denying);
        if (Of(Effect.RequireApproval) is [_, ..] requiring) return Together(requiring, () => Approval(requiring, requiring.Select(one => one.Rule.Approval)));
        if (Of(Effect.Allow) is [_, ..] allowing) return Together(allowing, () => new Decision.Allow { Rules = Matched(allowing) });

        Credential = _route.Credential;
        return _route.Default switch
        {
            Effect.Allow => new Decision.Allow { Rules = [] },
            Effect.RequireApproval => Approval([], [_route.Approval]),
            _ => new Decision.Deny { Rules = [], ByDefault = true, Reason = $"No rule of route {_route.Id} allows this call.{Unsure()}" },
        };
    }

    /// <summary>A call that was read under other rules, which accepted more, is held to those in force.</summary>
    private static Decision.Deny Unclear(Unclear doubt) => new() { Rules = [], Reason = $"{doubt.Detail} ({OptIns.NameOf(doubt.Kind)})" };

    private Decision.Deny Denied(IReadOnlyList<RuleOutcome> denying)
    {
        var rules = Matched(denying);
        return new()
        {
            Rules = rules,
            Reason = string.Join(' ', rules.Select(rule => $"Rule {rule.Id} denies it: {string.Join("; ", rule.Because)}.")),
        };
    }

    /// <summary>Rules that apply together have to agree on what the call is sent with.</summary>
    private Decision Together(IReadOnlyList<RuleOutcome> rules, Func<Decision> decide)
    {
        var naming = rules.Where(outcome => outcome.Rule.Credential is not null).ToList();
        if (naming.Select(outcome => outcome.Rule.Credential!.Id).Distinct(StringComparer.Ordinal).Count() > 1)
        {
            var names = naming.Select(outcome => $"{outcome.Rule.Id} names {outcome.Rule.Credential!.Id}");
            return new Decision.Deny
            {
                Rules = Matched(naming),
                Reason = $"The rules that match this call name different credentials, and it can carry only one: {string.Join(", ", names)}.",
            };
        }

        Credential = naming is [var first, ..] ? first.Rule.Credential : _route.Credential;
        return decide();
    }

    private Decision Approval(IReadOnlyList<RuleOutcome> requiring, IEnumerable<ApprovalTerms?> terms)
    {
        var blocks = terms.OfType<ApprovalTerms>().ToList();
        if (blocks.Sum(block => block.Needs.Count) == 0)
            return new Decision.Deny { Rules = Matched(requiring), Reason = "Approval is needed, and nobody is named who could give it." };

        return new Decision.RequireApproval(new()
        {
            ActionName = NameOf(requiring),
            // Nobody thought of a call that no rule matches.
            Risk = requiring.Select(outcome => outcome.Rule.Risk ?? Risk.High).DefaultIfEmpty(Risk.High).Max(),
            Summary = [.. requiring.Select(outcome => outcome.Rule.Summary?.Fill(outcome.Call, _redactions)).OfType<string>()
                .Distinct(StringComparer.Ordinal)],
            Needs = [.. blocks.SelectMany(block => block.Needs)],
            Require = [.. requiring.SelectMany(outcome => outcome.Rule.Require).Distinct().Order()],
            Show = Readings(requiring, rule => rule.Show),
            DecideWithin = blocks.Min(block => block.DecideWithin),
            UseWithin = blocks.Min(block => block.UseWithin),
            Controls = ControlsOf(requiring),
            Notify = [.. _route.Notify.Concat(requiring.SelectMany(outcome => outcome.Rule.Notify)).Distinct().OrderBy(place => $"{place}", StringComparer.Ordinal)],
            Fingerprint = Fingerprint.Over(_route, requiring.Select(outcome => outcome.Rule), Credential),
        })
        {
            Rules = Matched(requiring),
        };
    }

    private Classification ClassOf(IReadOnlyList<MatchedRule> rules)
    {
        if (rules.Count == 0) return Classification.None;
        var deciding = _matching.Where(outcome => rules.Any(rule => rule.Id == outcome.Rule.Id)).ToList();
        return new(NameOf(deciding), deciding.Max(outcome => outcome.Rule.Risk), ControlsOf(deciding));
    }

    private string? NameOf(IEnumerable<RuleOutcome> deciding) =>
        deciding.Select(outcome => outcome.Rule.Action?.FillName(outcome.Call, _redactions)).FirstOrDefault(name => name is not null);

    private static IReadOnlyList<string> ControlsOf(IEnumerable<RuleOutcome> deciding) =>
        [.. deciding.SelectMany(outcome => outcome.Rule.Controls).Distinct(StringComparer.Ordinal)];

    private IReadOnlyList<Rated> Rates(IReadOnlyList<MatchedRule> rules) =>
    [
        .. _route.Rates,
        .. _matching.Where(outcome => outcome.Rule.Rate is not null && rules.Any(rule => rule.Id == outcome.Rule.Id))
            .Select(outcome => new Rated($"rule {outcome.Rule.Id} of route {_route.Id}", outcome.Rule.Rate!)),
    ];

    private string Unsure() => string.Concat(_unsure.Select(outcome =>
        $" Rule {outcome.Rule.Id} does not, since {string.Join("; ", Because.Of(outcome.Rule.Match, outcome.Call, _redactions))}."));

    private List<RuleOutcome> Of(Effect effect) => [.. _matching.Where(outcome => outcome.Rule.Effect == effect)];

    private IReadOnlyList<MatchedRule> Matched(IReadOnlyList<RuleOutcome> outcomes) =>
        [.. outcomes.Select(outcome => new MatchedRule(
            outcome.Rule.Id, Because.Of(outcome.Rule.Match, outcome.Call, _redactions), outcome.Truth == Truth.Unknown))];

    // A variable of a pattern may stand for another segment in another rule, so equal names are one only where they read the same place.
    private static IReadOnlyList<NamedReading> Readings(IEnumerable<RuleOutcome> outcomes, Func<Rule, IReadOnlyList<FieldPath>> named) =>
        [.. outcomes.SelectMany(outcome => named(outcome.Rule).Select(field => new NamedReading(field, outcome.Call.Read(field))))
            .DistinctBy(one => (one.Field.Text, Place(one)))
            .OrderBy(one => one.Field.Text, StringComparer.Ordinal)];

    private static int Place(NamedReading one) =>
        one is { Field.Source: FieldSource.Path, Reading: FieldReading.Present { Values: [var first, ..] } } ? first.Json.Start : -1;
}
