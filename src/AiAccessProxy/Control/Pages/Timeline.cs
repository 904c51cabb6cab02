using AiAccessProxy.Control.Pages.Searching;
using AiAccessProxy.Ledger;
using AiAccessProxy.People;

namespace AiAccessProxy.Control.Pages;

/// <summary>What the ledger says of a ticket, record by record.</summary>
internal static class Timeline
{
    public static Html Of(TicketView view) => Html.Of($"""
        <section data-live="timeline">
        <h2>On record</h2>
        {(view.Story is { } story
            ? Html.Of($"""<ol class="timeline">{Html.Each(story.Records, record => Line(record, view.People))}</ol>""")
            : Html.Of($"""<p class="hint">The ledger has nothing more to show of this ticket, or cannot be read right now.</p>"""))}
        </section>
        """);

    private static Html Line(LedgerRecord record, PeopleDirectory people) => Html.Of($"""
        <li data-kind="{record.Kind}">{Moment.At(record.Time)} <span>{RecordWords.Of(record, people)}{Unverified(record)}{Detail(record)}</span></li>

        """);

    private static Html Unverified(LedgerRecord record) =>
        record.Reviewer?.Authenticated == SignIn.Viewer.Local ? Html.Of($""" <span class="mark">unverified</span>""") : Html.None;

    private static Html Detail(LedgerRecord record) =>
        record.Detail is { Length: > 0 } detail ? Html.Of($""" <span class="detail">{detail}</span>""") : Html.None;
}
