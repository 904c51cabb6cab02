using AiAccessProxy.Policies;

namespace AiAccessProxy.Control.Pages.Searching;

/// <summary>The form over the ledger. It needs no script: what is asked for stands in the address.</summary>
internal static class RecordSearchForm
{
    private static readonly (string, string)[] Kinds =
    [
        ("decided", "decided by rules"), ("ticket.*", "tickets"), ("vote.*", "votes"), ("call.*", "what became of calls"), ("refused", "refusals"),
        ("agent.*", "agents stopped and resumed"), ("key.*", "keys of agents"), ("policy.*", "policies"), ("settings.loaded", "settings"),
        ("person.signed_in", "sign-ins"), ("exported", "exports"), ("started", "starts"), ("stopped", "stops"),
    ];

    private static readonly (string, string)[] Decisions = [("allow", "allowed"), ("deny", "denied"), ("require_approval", "asked people")];

    private static readonly string[] InFront = ["text", "kind", "agent", "decision"];

    public static Html Of(RecordSearch search, PolicySnapshot rules) => Html.Of($"""
        <search>
        <form id="filter" class="filter" action="/ledger">
        {Asking.Search(Asked(search, "text"), "Words in the record")}
        {Asking.Choice("kind", "About", "anything", Asked(search, "kind"), Kinds)}
        {Asking.Choice("agent", "Agent", "any", Asked(search, "agent"), Sorted(rules.Agents.All.Select(agent => agent.Id)))}
        {Asking.Choice("decision", "Decision", "any", Asked(search, "decision"), Decisions)}
        <details class="wide"{(search.Asked.Keys.Except(InFront).Any() ? Html.Of($" open") : Html.None)}><summary>By person, route, rule, ticket, trace or time</summary>
        <div class="filter">
        {Asking.Choice("person", "Decided by", "anybody", Asked(search, "person"), rules.People.All.OrderBy(person => person.Name, StringComparer.OrdinalIgnoreCase).Select(person => (person.Id, person.Name)))}
        {Asking.Choice("route", "Route", "any", Asked(search, "route"), Sorted(rules.Routes.Select(route => route.Id)))}
        {Asking.Text("rule", "Rule", Asked(search, "rule"))}
        {Asking.Text("ticket", "Ticket", Asked(search, "ticket"), "t_…")}
        {Asking.Text("trace", "Trace", Asked(search, "trace"), "32 hex digits")}
        {Asking.Time("since", "From (UTC)", Asked(search, "since"))}
        {Asking.Time("until", "To (UTC)", Asked(search, "until"))}
        </div></details>
        {Asking.Button(search.Asked.Count > 0, "/ledger")}
        </form>
        </search>
        """);

    private static string? Asked(RecordSearch search, string name) => search.Asked.GetValueOrDefault(name);

    private static IEnumerable<(string, string)> Sorted(IEnumerable<string> names) =>
        names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name => (name, name));
}
