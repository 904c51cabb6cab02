using AiAccessProxy.Approvals;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Control.Pages;

/// <summary>One ticket in full.</summary>
internal static class TicketPage
{
    public static Html Of(TicketView view)
    {
        var ticket = view.Ticket;
        return Layout.Of(Words.Short(Words.Headline(ticket), 60), view.Viewer, null, view.Now, Html.Of($"""
            <article class="ticket" data-ticket="{ticket.Id.Value}" data-status="{ticket.Status.ToString().ToLowerInvariant()}">
            <header data-live="head">
            <p class="badges">{Words.Badge(ticket.Risk)}{Words.Badge(ticket.Status)}</p>
            {Title(ticket)}
            {(ticket.Status == TicketStatus.Pending ? Html.Of($"""<p class="jump"><a href="#decision">Down to the decision</a></p>""") : Html.None)}
            </header>
            <div class="body">
            {Facts.Of(view)}
            {CallView.Of(ticket, view.Rules.Routes.FirstOrDefault(route => route.Id == ticket.Action.Route))}
            {ClaimsOf(ticket)}
            {Why(ticket)}
            {Earlier(ticket)}
            {Timeline.Of(view)}
            </div>
            {DecisionPanel.Of(view)}
            </article>
            """));
    }

    private static Html Title(Ticket ticket) => ticket.Summary.Count == 0
        ? Html.Of($"<h1><code>{ticket.Action.Method}</code> <code>{Words.Short(ticket.Action.Target)}</code></h1>")
        : Html.Of($"""
            <h1>{ticket.Summary[0]}</h1>
            {Html.Each(ticket.Summary.Skip(1), line => Html.Of($"<p class=\"also\">{line}</p>"))}
            """);

    private static Html ClaimsOf(Ticket ticket) => Html.Of($"""
        <section data-part="claims">
        <h2>What the agent says <small>its own words, which nobody has checked</small></h2>
        {(ticket.Claims.Count == 0 ? Html.Of($"""<p class="hint">Nothing.</p>""") : Html.Of($"""
            <dl class="claims">
            {Html.Each(ticket.Claims, claim => Html.Of($"""<div><dt>{claim.Key}</dt><dd><q data-claim="{claim.Key}">{claim.Value}</q></dd></div>"""))}
            </dl>
            """))}
        </section>
        """);

    private static Html Why(Ticket ticket) => Html.Of($"""
        <section>
        <h2>Why a person is asked</h2>
        <ul class="rules">
        {Html.Each(ticket.Rules, Rule)}
        </ul>
        {(ticket.Controls.Count == 0 ? Html.None : Html.Of($"""<p class="hint">Controls: {string.Join(", ", ticket.Controls)}</p>"""))}
        <p class="hint">Policy <code class="hash">{ticket.Policy}</code></p>
        </section>
        """);

    private static Html Rule(MatchedRule rule) => Html.Of($"""
        <li data-rule="{rule.Id}">rule <b>{rule.Id}</b>{(rule.Unknown ? Unknown : Html.None)}
        {(rule.Because.Count == 0 ? Html.None : Html.Of($"<ul>{Html.Each(rule.Because, because => Html.Of($"<li>{because}</li>"))}</ul>"))}</li>

        """);

    private static Html Unknown => Html.Of($""" <span class="mark">counts because a condition could not be told</span>""");

    private static Html Earlier(Ticket ticket) => ticket.Earlier.Count == 0 ? Html.None : Html.Of($"""
        <section data-part="earlier">
        <h2>The identical call before</h2>
        <ul>
        {Html.Each(ticket.Earlier, run => Html.Of($"""
            <li><a href="/tickets/{run.Ticket}">{Moment.Plain(run.Opened)}</a>:
            {Words.Of(run.Ended)}{(run.UpstreamStatus is { } status ? $", upstream status {status}" : "")}</li>

            """))}
        </ul>
        </section>
        """);
}
