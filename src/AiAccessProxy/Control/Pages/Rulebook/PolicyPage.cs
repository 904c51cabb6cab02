using AiAccessProxy.Control.Pages.Operating;
using AiAccessProxy.Control.Reading;
using AiAccessProxy.Control.SignIn;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Control.Pages.Rulebook;

/// <summary>The rules in force in words, and what each of them did today.</summary>
internal static class PolicyPage
{
    public static Html Of(Viewer viewer, PolicySnapshot rules, PolicyRefusal? refusal, Today today, DateTimeOffset now) =>
        Layout.Of("Policy", viewer, "/policy", now, Html.Of($"""
            <h1>Policy in force</h1>
            {(refusal is null ? Html.None : Refused(refusal, now))}
            <dl class="facts">
            <div><dt>In force since</dt><dd>{(today.LoadedAt(rules.Hash) is { } at ? Moment.Ago(at, now) : Html.Of($"the start of this proxy"))}</dd></div>
            <div><dt>Hash of the files, as records name it</dt><dd><code class="hash">{rules.Hash}</code></dd></div>
            </dl>
            {(rules.Routes.Count == 0 ? Empty : Html.Of($"""
                <p class="hint">The order of rules means nothing: deny beats asking, asking beats allow. What cannot be told counts against the call.
                Counts are of today, since midnight UTC.</p>
                <nav class="toc" aria-label="Routes">{Html.Each(Ordered(rules), route => Html.Of($"<a href=\"#route-{route.Id}\">{route.Id}</a> "))}</nav>
                {Html.Each(Ordered(rules), route => Section(route, rules, today))}
                """))}
            """));

    private static IEnumerable<Route> Ordered(PolicySnapshot rules) => rules.Routes.OrderBy(route => route.Id, StringComparer.Ordinal);

    private static Html Refused(PolicyRefusal refusal, DateTimeOffset now) => Html.Of($"""
        <section class="notice bad" role="alert" data-refused>
        <p><b>The files were changed and are wrong.</b> They were refused {Moment.Ago(refusal.At, now)}; what is shown below stays in force until they are corrected.</p>
        <ul>{Html.Each(refusal.Problems.Take(HealthConcerns.MostProblems), problem => Html.Of($"<li><code>{problem.ToString()}</code></li>"))}</ul>
        </section>
        """);

    private static Html Empty => Html.Of($"""
        <div class="empty">
        <p><b>There are no routes, so no call goes anywhere.</b></p>
        <p>A route is a file in the policy folder that names an API and its rules. <code>docs/policy.md</code> has a first one to copy.</p>
        </div>
        """);

    private static Html Section(Route route, PolicySnapshot rules, Today today) => Html.Of($"""
        <section class="card route" id="route-{route.Id}" data-route="{route.Id}">
        <h2>{route.Id} {(route.Environment is { } environment ? Html.Of($"<span class=\"mark\">{environment}</span>") : Html.None)}</h2>
        <p class="line">Calls to <code>{Called(route)}</code> go to <code>{route.Upstream.Origin.GetLeftPart(UriPartial.Authority)}</code>{Credential(route)}.
        What no rule matches {EffectWords.Of(route.Default)}.</p>
        {(route.Rates.Count == 0 ? Html.None : Html.Of($"<p class=\"line\">{Rates(route)}</p>"))}
        {(route.RulesById.Count == 0 ? Html.Of($"<p class=\"hint\">It has no rules.</p>") : Html.None)}
        {Html.Each(route.RulesById, rule => RuleCard.Of(route, rule, rules.People, today.OfRule(route.Id, rule.Id)))}
        </section>

        """);

    private static string Called(Route route) =>
        route.Hosts.Count == 0 ? route.Prefix : string.Join(", ", route.Hosts.Select(host => $"{host}{(route.Prefix == "/" ? "" : route.Prefix)}"));

    private static string Credential(Route route) => route.Credential is { } credential ? $", with the credential {credential.Id}, which no agent holds" : "";

    private static string Rates(Route route) =>
        $"Each agent: {string.Join("; ", route.Rates.Select(rated => $"{rated.Of} {rated.Limit.Calls} calls in {Moment.Length(rated.Limit.Within)}"))}.";
}
