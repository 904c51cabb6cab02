using AiAccessProxy.Agents;
using AiAccessProxy.Approvals.Roster;
using AiAccessProxy.Control.SignIn;
using AiAccessProxy.People;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Control.Pages.Parties;

/// <summary>Who can decide, in which groups, and how they prove who they are. No key and no hash of one.</summary>
internal static class PeoplePage
{
    public static Html Of(Viewer viewer, PolicySnapshot rules, DateTimeOffset now) => Layout.Of("People", viewer, "/people", now, Html.Of($"""
        <h1>People</h1>
        <p class="hint">They stand in <code>people.yaml</code>; what changes there takes effect within two seconds. Rules ask groups or single people;
        the group <b>{Operators.Group}</b> may resume agents and make keys for them.</p>
        {(rules.People.All.Any(person => Operators.Has(person.Id, rules)) ? Html.None : Html.Of($"""
            <p class="notice">Nobody is in the group {Operators.Group}, so nobody can resume a suspended agent or make keys from here.
            Add it to <code>people.yaml</code>.</p>
            """))}
        <ul class="cards">
        {Html.Each(rules.People.All.OrderBy(person => person.Name, StringComparer.OrdinalIgnoreCase), person => Card(person, viewer, rules, now))}
        </ul>
        """));

    private static Html Card(Person person, Viewer viewer, PolicySnapshot rules, DateTimeOffset now) => Html.Of($"""
        <li class="card" data-person="{person.Id}">
        <h2>{person.Name} <small>{person.Id}{(person.Email is { } email ? $", {email}" : "")}</small>
        {(person.Id == viewer.Person.Id ? Html.Of($"<span class=\"mark\">you</span>") : Html.None)}</h2>
        <dl class="facts">
        <div><dt>Groups</dt><dd>{Listed(rules.People.GroupsOf(person.Id), "none, so only rules that name them ask them")}</dd></div>
        <div><dt>Signs in</dt><dd>{SignsIn(person, now)}</dd></div>
        <div><dt>Answers for</dt><dd>{Owned(rules.Agents, person)}</dd></div>
        </dl>
        </li>

        """);

    private static string Listed(IReadOnlyList<string> names, string none) => names.Count == 0 ? none : string.Join(", ", names);

    private static Html SignsIn(Person person, DateTimeOffset now) => person.Keys.Count == 0 && person.Identities.Count == 0
        ? Html.Of($"cannot: no key and no identity of a provider")
        : Html.Of($"""
            <ul class="plain">{Html.Each(person.Identities, identity => Html.Of($"<li>as known to {Provider(identity)}</li>"))}
            {Html.Each(person.Keys, key => Html.Of($"<li>with the key <b>{key.Id}</b>{Expiry(key.Expires, now)}</li>"))}</ul>
            """);

    private static string Provider(Identity identity) => Uri.TryCreate(identity.Issuer, UriKind.Absolute, out var url) ? url.Host : "Entra ID";

    private static Html Expiry(DateTimeOffset? expires, DateTimeOffset now) => expires switch
    {
        null => Html.Of($", which does not expire"),
        { } at when at <= now => Html.Of($", which expired {Moment.Ago(at, now)}"),
        { } at => Html.Of($", which expires {Moment.Ago(at, now)}"),
    };

    private static Html Owned(AgentDirectory agents, Person person)
    {
        var owned = agents.All.Where(agent => agent.Owner == person.Id).Select(agent => agent.Id).Order(StringComparer.Ordinal).ToList();
        return owned.Count == 0
            ? Html.Of($"no agent")
            : Html.Of($"<ul class=\"plain\">{Html.Each(owned, agent => Html.Of($"<li><a href=\"/agents/{Uri.EscapeDataString(agent)}\">{agent}</a></li>"))}</ul>");
    }
}
