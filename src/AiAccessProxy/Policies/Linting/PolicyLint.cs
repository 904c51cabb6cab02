using AiAccessProxy.Actions;
using AiAccessProxy.Agents;
using AiAccessProxy.Policies.Conditions;
using AiAccessProxy.Policies.Trials;

namespace AiAccessProxy.Policies.Linting;

/// <summary>
/// Looks for what is right and yet probably not meant. It makes up calls that privileged rules are about, spells them otherwise, and asks the
/// policy itself: what it warns of is a call that passes, not an opinion about the text. What it does not find may still be there.
/// </summary>
internal sealed class PolicyLint(PolicySnapshot rules, PolicyPlaces places)
{
    /// <summary>Trials of one run. Each asks every rule of a route, so that a thousand rules would otherwise take hours.</summary>
    private const int Most = 20_000;

    private readonly List<PolicyProblem> _found = [];
    private int _trials;

    /// <summary>There are so many rules that not each of them was probed.</summary>
    public bool IsCutShort => _trials > Most;

    public async ValueTask<IReadOnlyList<PolicyProblem>> RunAsync(CancellationToken cancellationToken)
    {
        foreach (var route in rules.Routes)
        {
            CheckNotify(route, null, route.Notify);
            foreach (var rule in route.RulesById)
            {
                CheckNotify(route, rule, rule.Notify);
                if (Contradiction.In(rule.Match, route) is { } why)
                    Warn(route, rule, "match", $"no call is ever met by this: {why}", "correct the conditions, or remove the rule");
                else if (rule.Effect != Effect.Allow)
                    await ProbeAsync(route, rule, cancellationToken);
                if (rule.Effect == Effect.RequireApproval && rule.Controls.Count == 0)
                {
                    Warn(route, rule, "controls", "this privileged rule names no control",
                        "name what it implements, as in controls: [\"SOC2:CC6.3\"], so that its evidence is found");
                }
            }
        }

        return [.. _found.Distinct().OrderBy(problem => problem.File, StringComparer.Ordinal).ThenBy(problem => problem.Line)];
    }

    /// <summary>Nobody shall think that somebody is told.</summary>
    private void CheckNotify(Route route, Rule? rule, IReadOnlyList<NotifyPlace> named)
    {
        foreach (var place in named)
        {
            if (place.Channel != NotifyPlace.Teams)
                Warn(route, rule, "notify", $"no channel delivers to '{place}' yet", "reviewers see the ticket on the console and by API");
            else if (place.Person is { } person && rules.People.Find(person) is null)
                Warn(route, rule, "notify", $"'{place}' is nobody in people.yaml", "name a person by their id there, or teams:reviewers for all whom the rules ask");
        }
    }

    private async ValueTask ProbeAsync(Route route, Rule rule, CancellationToken cancellationToken)
    {
        var met = new HashSet<int>();
        foreach (var caller in rules.Agents.Callers)
        {
            foreach (var (alternative, witness) in WitnessBuilder.Of(rule, caller).Index())
            {
                if (_trials > Most) return;
                var trial = await RunAsync(route, witness, caller, cancellationToken);
                if (trial is not TrialOutcome.Decided(_, var bound) || !IsMet(route, rule, bound)) continue;
                CheckPeople(route, rule, bound, caller);
                // What spellings do does not depend on who calls, as far as a lint goes.
                if (met.Add(alternative) && bound.Decision is not Decision.Allow) await SpellAsync(new(route, rule, witness, caller), cancellationToken);
            }
        }
    }

    private async ValueTask SpellAsync(Probe probe, CancellationToken cancellationToken)
    {
        var (route, rule, witness, _) = probe;
        foreach (var field in rule.Match.Fields.Where(on => on.Json is null && IsThreshold(on.Operator)).Select(on => on.Field).Distinct())
        {
            if (await AllowedByAsync(probe, witness.With(field, null), cancellationToken) is { } allow)
            {
                Warn(route, rule, "match", $"a call without {field} is allowed by {allow}, whatever the upstream takes instead",
                    $"add {{ field: {field}, exists: false }} to a rule that is stricter, or exists: true to the allow");
            }
        }

        foreach (var (what, other) in Spellings.Of(witness))
        {
            if (await AllowedByAsync(probe, other, cancellationToken) is { } allow)
                Warn(route, rule, "match", $"{what}, a call that this rule is about is allowed by {allow}", "let this rule catch it too, or the allow not take it");
        }

        foreach (var (kind, other) in Spellings.Under(Accepted(route), witness))
        {
            var name = OptIns.NameOf(kind);
            if (await AllowedByAsync(probe, other, cancellationToken) is { } allow)
            {
                Warn(route, rule, "accept", $"accept: [{name}] lets a call that this rule is about be written so that {allow} allows it",
                    $"take {name} back, or accept it in the one rule that needs it");
            }
        }
    }

    /// <summary>Needs that can be met for one agent may not be for another, or not together with those of another rule.</summary>
    private void CheckPeople(Route route, Rule rule, Bound bound, Caller caller)
    {
        if (bound.Decision is not Decision.RequireApproval(var requirement)) return;
        var without = new HashSet<string> { caller.Agent.Owner };
        if (caller.OnBehalfOf is { } person) without.Add(person);
        if (Seating.CanBeMet(requirement.Needs, from => rules.People.All.Select(one => one.Id).Where(id => rules.People.Matches(from, id)), without)) return;
        var others = bound.Decision.Rules.Select(matched => matched.Id).Where(id => id != rule.Id).ToList();
        Warn(route, rule, "approval.need",
            $"nobody could approve what {caller.Agent.Id}{(caller.OnBehalfOf is null ? "" : $" for {caller.OnBehalfOf}")} asks{(others.Count == 0 ? "" : $", together with {string.Join(", ", others)}")}",
            "name people who neither own the agent nor are acted for, one for each approval");
    }

    /// <summary>What allows it, in words; null when nothing does.</summary>
    private async ValueTask<string?> AllowedByAsync(Probe probe, Witness call, CancellationToken cancellationToken) =>
        await RunAsync(probe.Route, call, probe.Caller, cancellationToken) is TrialOutcome.Decided(_, { Decision: Decision.Allow allow })
            ? allow.Rules.Count == 0 ? "the route's default" : string.Join(", ", allow.Rules.Select(rule => rule.Id))
            : null;

    private ValueTask<TrialOutcome> RunAsync(Route route, Witness call, Caller caller, CancellationToken cancellationToken)
    {
        _trials++;
        return Trial.RunAsync(rules, call.ToCall(route, caller.Agent.Id, caller.OnBehalfOf), cancellationToken);
    }

    private static bool IsMet(Route route, Rule rule, Bound bound)
    {
        var fields = new CallFields(route.Around(bound.Action.Caller, bound.Action.Action, bound.At));
        return rule.Match.Judge(new CallView(fields, rule, route.Reading)) == Truth.True;
    }

    private static IEnumerable<Ambiguity> Accepted(Route route) => route.Reading.Accept.Concat(route.RulesById.SelectMany(rule => rule.Accept)).Distinct().Order();

    private static bool IsThreshold(Operator wanted) => wanted switch
    {
        Operator.GreaterThan or Operator.AtLeast or Operator.LessThan or Operator.AtMost => true,
        Operator.Any any => any.Each.Any(IsThreshold),
        Operator.All all => all.Each.Any(IsThreshold),
        _ => false,
    };

    private void Warn(Route route, Rule? rule, string field, string message, string remedy)
    {
        var (file, line) = places.Of(route.Id, rule?.Id);
        _found.Add(new(file, line, rule?.Id, field, message, remedy));
    }

    private sealed record Probe(Route Route, Rule Rule, Witness Call, Caller Caller);
}
