namespace AiAccessProxy.Control.Pages;

/// <summary>Who calls, for whom, and under which names.</summary>
internal static class Facts
{
    public static Html Of(TicketView view)
    {
        var (ticket, agent) = (view.Ticket, view.Ticket.Agent);
        return Html.Of($"""
            <section>
            <h2>Who</h2>
            <dl class="facts">
            {Fact("Agent", "agent", agent.Id, $"proved by {agent.Authenticated}")}
            {Fact("Owner", "owner", Words.Person(view.People, agent.Owner), null)}
            {Fact("On behalf of", "on-behalf-of", agent.OnBehalfOf is { } person ? Words.Person(view.People, person) : "nobody", null)}
            {Fact("Route", "route", ticket.Action.Route, null)}
            {(ticket.Action.Name is { } name ? Fact("Action", "action", name, null) : Html.None)}
            {Fact("Ticket", "id", ticket.Id.Value, $"opened {Moment.Plain(ticket.Opened)}")}
            </dl>
            </section>
            """);
    }

    private static Html Fact(string title, string part, string value, string? more) => Html.Of($"""
        <div><dt>{title}</dt><dd><span data-part="{part}">{value}</span>{(more is null ? Html.None : Html.Of($" <small>{more}</small>"))}</dd></div>
        """);
}
