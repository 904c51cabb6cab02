using AiAccessProxy.Approvals;
using AiAccessProxy.Control.SignIn;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Control.Pages;

/// <summary>What is pending: first what waits for this person, then what waits for others, then what is decided and not over yet.</summary>
internal static class InboxPage
{
    /// <summary>Of each section; an agent that goes wild must not make the page unusable.</summary>
    private const int MaxRows = 200;

    public static Html Of(Viewer viewer, IReadOnlyList<Ticket> all, PolicySnapshot rules, DateTimeOffset now, InboxFilter asked)
    {
        var live = all.Where(ticket => asked.Matches(ticket, viewer, rules)).ToList();
        var pending = live.Where(ticket => ticket.Status == TicketStatus.Pending).ToLookup(ticket => InboxFilter.IsFor(ticket, viewer, rules));
        var mine = pending[true].OrderByDescending(ticket => ticket.Risk).ThenBy(ticket => ticket.DecideBy).ToList();
        var title = mine.Count > 0 ? $"({mine.Count}) Pending" : "Pending";
        return Layout.Of(title, viewer, "/", now, Html.Of($"""
            <h1>Pending</h1>
            <div data-live="filter">{(all.Count > 0 || asked != InboxFilter.None ? InboxFilterForm.Of(asked, all) : Html.None)}</div>
            <div id="inbox" data-live="inbox">
            {(live.Count > 0 ? Html.None : all.Count == 0 ? Empty : NoneFits(all.Count))}
            {Section("Waiting for you", mine, rules, now)}
            {Section("Waiting for others", [.. pending[false]], rules, now)}
            {Section("Decided, not over yet", [.. live.Where(ticket => ticket.Status != TicketStatus.Pending)], rules, now)}
            </div>
            """));
    }

    private static Html Empty => Html.Of($"""
        <div class="empty">
        <p><b>Nothing is waiting.</b></p>
        <p>When an agent tries something that a policy wants a person to see, it appears here by itself.
        You can leave this page open. What was decided before is in the <a href="/history">history</a>.</p>
        </div>
        """);

    private static Html NoneFits(int all) => Html.Of($"""
        <div class="empty">
        <p><b>Nothing fits what you asked for.</b></p>
        <p>{all} {(all == 1 ? "ticket is" : "tickets are")} not over yet: <a href="/">show all</a>.</p>
        </div>
        """);

    private static Html Section(string title, IReadOnlyList<Ticket> tickets, PolicySnapshot rules, DateTimeOffset now) => tickets.Count == 0
        ? Html.None
        : Html.Of($"""
            <section>
            <h2>{title} <span class="count">{tickets.Count}</span></h2>
            <ul class="tickets">
            {Html.Each(tickets.Take(MaxRows), ticket => Row(ticket, rules, now))}
            </ul>
            {(tickets.Count > MaxRows ? Html.Of($"""<p class="hint">And {tickets.Count - MaxRows} more, which come up when these are decided.</p>""") : Html.None)}
            </section>
            """);

    private static Html Row(Ticket ticket, PolicySnapshot rules, DateTimeOffset now) => Html.Of($"""
        <li data-ticket="{ticket.Id.Value}" data-status="{ticket.Status.ToString().ToLowerInvariant()}">
        <a href="/tickets/{ticket.Id.Value}">
        <span class="top">{Words.Badge(ticket.Risk)}{(ticket.Status == TicketStatus.Pending ? Html.None : Words.Badge(ticket.Status))}
        <span class="spring"></span>{Deadline(ticket, now)}</span>
        <strong>{Words.Short(Words.Headline(ticket))}</strong>
        <span class="line"><code>{ticket.Action.Method}</code> <code>{Words.Short(ticket.Action.Target, 120)}</code></span>
        <span class="line pair"><span>agent <b>{ticket.Agent.Id}</b>{OnBehalf(ticket, rules)}</span>
        <span>{NeedProgress.Of(ticket, rules).ToString()}</span></span>
        </a>
        </li>

        """);

    private static Html OnBehalf(Ticket ticket, PolicySnapshot rules) =>
        ticket.Agent.OnBehalfOf is { } person ? Html.Of($" for {Words.Person(rules.People, person)}") : Html.None;

    private static Html Deadline(Ticket ticket, DateTimeOffset now) => ticket.Status switch
    {
        TicketStatus.Pending => Moment.Left(ticket.DecideBy, now),
        TicketStatus.Approved when ticket.UseBy is { } useBy => Html.Of($"to be used: {Moment.Left(useBy, now)}"),
        _ => Html.None,
    };
}
