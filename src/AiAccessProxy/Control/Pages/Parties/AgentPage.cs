using AiAccessProxy.Control.Api.Shapes;

namespace AiAccessProxy.Control.Pages.Parties;

/// <summary>One agent: who answers for it, what it did today, its keys, and stopping it.</summary>
internal static class AgentPage
{
    public static Html Of(AgentView view)
    {
        var agent = view.Agent;
        return Layout.Of(agent.Id, view.Viewer, "/agents", view.Now, Html.Of($"""
            <article class="ticket" data-agent="{agent.Id}">
            <header data-live="head"><p class="badges">{AgentsPage.State(agent)}</p><h1>{agent.Id}</h1></header>
            <div class="body">
            <section data-live="today">
            <h2>Today <small>since midnight UTC; {AgentsPage.LastSeen(agent, view.Now)}</small></h2>
            {AgentsPage.Counts(agent)}
            <p class="line"><a href="/?agent={Uri.EscapeDataString(agent.Id)}">Its pending tickets</a> · <a href="/ledger?agent={Uri.EscapeDataString(agent.Id)}">All that is on record of it</a></p>
            </section>
            <section>
            <h2>Who</h2>
            <dl class="facts">
            <div><dt>Answers for it</dt><dd>{Words.Person(view.Rules.People, agent.Owner)}</dd></div>
            <div><dt>Groups</dt><dd>{(agent.Groups.Count == 0 ? "none" : string.Join(", ", agent.Groups))}</dd></div>
            {Tokens(view)}
            </dl>
            </section>
            {Limits(view)}
            {AgentKeysTable.Of(view)}
            </div>
            {SuspensionPanel.Of(view)}
            </article>
            """));
    }

    private static Html Tokens(AgentView view)
    {
        var issuers = view.Rules.Agents.Tokens.Callers.Where(caller => caller.Agent.Id == view.Agent.Id)
            .Select(caller => caller.AuthenticatedBy["token:".Length..]).Distinct(StringComparer.Ordinal).ToList();
        return issuers.Count == 0 ? Html.None : Html.Of($"<div><dt>Proves itself</dt><dd>by tokens of {string.Join(", ", issuers)}</dd></div>");
    }

    private static Html Limits(AgentView view)
    {
        var limits = view.Rules.Routes.SelectMany(route => route.Rates).Distinct().ToList();
        return limits.Count == 0 ? Html.None : Html.Of($"""
            <section>
            <h2>How often it may call</h2>
            <ul>{Html.Each(limits, rated => Html.Of($"<li>{rated.Of}: {rated.Limit.Calls} calls in {Moment.Length(rated.Limit.Within)}</li>"))}</ul>
            </section>
            """);
    }
}
