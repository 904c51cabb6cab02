using AiAccessProxy.Control.Reading;
using AiAccessProxy.Control.SignIn;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Control.Pages.Searching;

/// <summary>The ledger, the newest record first, searched page by page.</summary>
internal static class RecordsPage
{
    public static Html Of(Viewer viewer, RecordSearch search, LedgerPage page, PolicySnapshot rules, DateTimeOffset now) =>
        Layout.Of("Ledger", viewer, "/ledger", now, Html.Of($"""
            <h1>Ledger</h1>
            {RecordSearchForm.Of(search, rules)}
            {(search.Wrong.Count == 0 ? Html.None : Html.Of($"""
                <p class="notice bad" role="alert">The time in “{string.Join("” and “", search.Wrong)}” was not understood and is not asked for. Write it like 2027-01-31T09:00.</p>
                """))}
            {(page.Entries.Count > 0 ? Html.None : page.Next is not null ? Further(page, now) : search.Asked.Count == 0 ? Empty : NoneFits)}
            {(page.Entries.Count == 0 ? Html.None : Html.Of($"""<ol class="records">{Html.Each(page.Entries, entry => RecordRow.Of(entry, rules.People, now))}</ol>"""))}
            {(page.Next is { } next ? Html.Of($"""<p class="pages"><a href="{search.OlderThan(next)}" rel="next">Older records</a></p>""") : Html.None)}
            """));

    private static Html Empty => Html.Of($"""
        <div class="empty">
        <p><b>Nothing is on record before this.</b></p>
        <p>Every call, every vote and every change of the rules is written here before it takes effect.</p>
        </div>
        """);

    private static Html NoneFits => Html.Of($"""
        <div class="empty">
        <p><b>No record fits what you asked for.</b></p>
        <p>Ask for less, or <a href="/ledger">show all</a>. Redacted values and bodies are not on record, so they are not found.</p>
        </div>
        """);

    private static Html Further(LedgerPage page, DateTimeOffset now) => Html.Of($"""
        <div class="empty">
        <p><b>Nothing yet.</b></p>
        <p>The last {LedgerPages.MostLookedAt} records were looked at{(page.SearchedTo is { } to ? Html.Of($", back to {Moment.Ago(to, now)}") : Html.None)}. Go on with older ones.</p>
        </div>
        """);
}
