using AiAccessProxy.Actions;
using AiAccessProxy.Approvals;
using AiAccessProxy.Control.Reading;
using AiAccessProxy.People;
using AiAccessProxy.Policies;
using AiAccessProxy.Policies.Wording;

namespace AiAccessProxy.Control.Pages.Rulebook;

/// <summary>One rule in words: what it does, when, whom it asks, and what it did today.</summary>
internal static class RuleCard
{
    public static Html Of(Route route, Rule rule, PeopleDirectory people, RuleDay day) => Html.Of($"""
        <article class="rule" data-rule="{rule.Id}" data-effect="{rule.Effect.ToString().ToLowerInvariant()}">
        <h3>{EffectWords.Badge(rule.Effect)} {rule.Id} {Risk(rule)}{(rule.IsObserved ? Html.Of($"<span class=\"mark\">only observed: no effect</span>") : Html.None)}</h3>
        {(rule.Summary is { } summary ? Html.Of($"<p class=\"line\">{summary.ToString()}</p>") : Html.None)}
        <p class="when">When</p>
        {Conditions(new ConditionWords(people).All(rule.Match))}
        {Asks(route, rule, people)}
        {More(rule)}
        <p class="line today">Today: {RuleDayWords.Of(rule, day)} · <a href="/ledger?rule={Uri.EscapeDataString(rule.Id)}&amp;route={Uri.EscapeDataString(route.Id)}">on record</a></p>
        </article>

        """);

    private static Html Risk(Rule rule) => rule.Risk is { } risk ? Words.Badge(risk)
        : rule.Effect == Effect.RequireApproval ? Words.Badge(AiAccessProxy.Policies.Risk.High)
        : Html.None;

    private static Html Conditions(IReadOnlyList<WrittenCondition> conditions) => conditions.Count == 0
        ? Html.Of($"<ul class=\"conditions\"><li>always</li></ul>")
        : Html.Of($"<ul class=\"conditions\">{Html.Each(conditions, one => Html.Of($"<li>{one.Words}{(one.Parts.Count == 0 ? Html.None : Conditions(one.Parts))}</li>"))}</ul>");

    private static Html Asks(Route route, Rule rule, PeopleDirectory people)
    {
        if (rule.Effect != Effect.RequireApproval || (rule.Approval ?? route.Approval) is not { } terms) return Html.None;
        return Html.Of($"""
            <p class="when">Asks for</p>
            <ul class="conditions">
            {Html.Each(terms.Needs, need => Html.Of($"<li>{need.Approvals} {(need.Approvals == 1 ? "approval" : "approvals")} from {NeedProgress.From(need, people)}</li>"))}
            <li>a decision within {Moment.Length(terms.DecideWithin)}, and the call within {Moment.Length(terms.UseWithin)} of it</li>
            {(rule.Require.Count == 0 ? Html.None : Html.Of($"<li>the agent's own {Names(rule.Require.Select(name => name.ToString().ToLowerInvariant()))}</li>"))}
            </ul>
            """);
    }

    private static Html More(Rule rule)
    {
        var facts = Facts(rule).ToList();
        return facts.Count == 0 ? Html.None : Html.Of($"""
            <details><summary>More of it</summary><dl class="facts">
            {Html.Each(facts, fact => Html.Of($"<div><dt>{fact.Title}</dt><dd>{fact.Words}</dd></div>"))}
            </dl></details>
            """);
    }

    private static IEnumerable<(string Title, string Words)> Facts(Rule rule)
    {
        if (rule.Action is { } action) yield return ("Kind of action", action.ToString());
        if (rule.Show.Count > 0) yield return ("Shown to reviewers first", Names(rule.Show.Select(field => field.Text)));
        if (rule.Redact.Count > 0) yield return ("Redacted", Names(rule.Redact.Select(field => field.Text)));
        if (rule.Credential is { } credential) yield return ("Credential", credential.Id);
        if (rule.Rate is { } rate) yield return ("Each agent at most", $"{rate.Calls} calls in {Moment.Length(rate.Within)}");
        if (rule.Accept.Count > 0) yield return ("Accepts, though servers read it differently", Names(rule.Accept.Select(OptIns.NameOf).Order(StringComparer.Ordinal)));
        if (rule.Notify.Count > 0) yield return ("Tells", Names(rule.Notify.Select(place => place.ToString())));
        if (rule.Controls.Count > 0) yield return ("Controls", Names(rule.Controls));
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names);
}
