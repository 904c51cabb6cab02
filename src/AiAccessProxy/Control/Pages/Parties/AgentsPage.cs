using AiAccessProxy.Control.Api.Shapes;
using AiAccessProxy.Control.SignIn;
using AiAccessProxy.People;

namespace AiAccessProxy.Control.Pages.Parties;

/// <summary>All agents: what each did today, what waits of it, and whether it may call.</summary>
internal static class AgentsPage
{
    public static Html Of(Viewer viewer, IReadOnlyList<AgentJson> agents, PeopleDirectory people, DateTimeOffset now) =>
        Layout.Of("Agents", viewer, "/agents", now, Html.Of($"""
            <div id="agents" data-live="agents">
            <h1>Agents</h1>
            {(agents.Count == 0 ? Empty : Html.Of($"""
                <p class="hint">They stand in <code>agents.yaml</code>. Counts are of today, since midnight UTC.</p>
                <ul class="cards">
                {Html.Each(agents, agent => Card(agent, people, now))}
                </ul>
                """))}
            </div>
            """));

    /// <summary>What the agent did today, in words.</summary>
    public static Html Counts(AgentJson agent) => Html.Of($"""
        <dl class="counts">
        {Count("allowed", agent.Today.Allowed, "allowed at once")}
        {Count("asked", agent.Today.Asked, "asked people")}
        {Count("denied", agent.Today.Denied, "denied by rules")}
        {Count("refused", agent.Today.Refused, "refused")}
        {Count("hour", agent.Today.LastHour, "in the last hour")}
        {Count("pending", agent.LiveTickets, "not over yet")}
        </dl>
        """);

    public static Html State(AgentJson agent) => agent.Suspended is null
        ? Html.Of($"""<span class="status well">May call</span>""")
        : Html.Of($"""<span class="status denied">Suspended</span>""");

    public static Html LastSeen(AgentJson agent, DateTimeOffset now) => agent.Today.LastSeen is { } seen
        ? Html.Of($"last called {Moment.Ago(seen, now)}")
        : Html.Of($"has not called yet");

    private static Html Empty => Html.Of($"""
        <div class="empty">
        <p><b>There are no agents.</b></p>
        <p>An agent is a program that calls APIs through this proxy. Add one to <code>agents.yaml</code> in the policy folder;
        <code>aiaccess agents key create</code> makes its key.</p>
        </div>
        """);

    private static Html Card(AgentJson agent, PeopleDirectory people, DateTimeOffset now) => Html.Of($"""
        <li class="card" data-agent="{agent.Id}" data-row>
        <h2><a href="/agents/{Uri.EscapeDataString(agent.Id)}">{agent.Id}</a> {State(agent)}</h2>
        <p class="line">{Words.Person(people, agent.Owner)} answers for it{(agent.Groups.Count == 0 ? "" : $" · {string.Join(", ", agent.Groups)}")} · {LastSeen(agent, now)}</p>
        {Counts(agent)}
        </li>

        """);

    private static Html Count(string name, long count, string words) =>
        Html.Of($"<div{(count == 0 ? Html.Of($" class=\"zero\"") : Html.None)}><dt>{words}</dt><dd data-count=\"{name}\">{count}</dd></div>");
}
