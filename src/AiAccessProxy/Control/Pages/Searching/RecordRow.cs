using AiAccessProxy.Ledger;
using AiAccessProxy.People;

namespace AiAccessProxy.Control.Pages.Searching;

/// <summary>One record: what happened in a sentence, where it leads, and all else that it says for whoever opens it.</summary>
internal static class RecordRow
{
    public static Html Of(Entry entry, PeopleDirectory people, DateTimeOffset now)
    {
        var record = entry.Record;
        return Html.Of($"""
            <li data-kind="{record.Kind}" data-position="{entry.Position.Number}">
            <span class="top"><strong>{What(record, people)}{Unverified(record)}{Detail(record)}</strong>
            <span class="spring"></span><span class="at">{Moment.Ago(entry.StoredAt, now)} <small>{Moment.Plain(entry.StoredAt)}</small></span></span>
            <span class="line pair">{(record.Action is { } action ? Html.Of($"<span><code>{action.Method}</code> <code>{Words.Short(action.Target, 160)}</code></span>") : Html.None)}
            {Who(record, people)}{Links(record)}</span>
            <details><summary>All of it<span class="sr"> (record {entry.Position.Number})</span></summary>
            <dl class="facts">{Html.Each(RecordFacts.Of(entry, people), fact => Html.Of($"<div><dt>{fact.Title}</dt><dd>{fact.Text}</dd></div>"))}</dl>
            </details>
            </li>

            """);
    }

    private static string What(LedgerRecord record, PeopleDirectory people) =>
        record.Kind == RecordKind.TicketOpened ? $"People were asked{(record.Action?.Name is { } name ? $" about {name}" : "")}" : RecordWords.Of(record, people);

    private static Html Who(LedgerRecord record, PeopleDirectory people) => record.Agent is not { } agent ? Html.None : Html.Of($"""
        <span>agent <a href="/ledger?agent={Uri.EscapeDataString(agent.Id)}">{agent.Id}</a>{(agent.OnBehalfOf is { } person ? Html.Of($" for {Words.Person(people, person)}") : Html.None)}</span>
        """);

    private static Html Links(LedgerRecord record) => Html.Of($"""
        {(record.Ticket is { } ticket && TicketName.Is(ticket) ? Html.Of($"<a href=\"/tickets/{ticket}\" data-to-ticket>its ticket</a>") : Html.None)}
        {(record.Trace is { } trace ? Html.Of($"<a href=\"/ledger?trace={Uri.EscapeDataString(trace)}\" data-to-trace>the same trace</a>") : Html.None)}
        """);

    private static Html Unverified(LedgerRecord record) =>
        record.Reviewer?.Authenticated == SignIn.Viewer.Local ? Html.Of($""" <span class="mark">unverified</span>""") : Html.None;

    private static Html Detail(LedgerRecord record) =>
        record.Detail is { Length: > 0 } detail ? Html.Of($""" <span class="detail">{Words.Short(detail, 300)}</span>""") : Html.None;
}
