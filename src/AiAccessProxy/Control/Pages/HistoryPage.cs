using AiAccessProxy.Control.SignIn;
using AiAccessProxy.Control.Stories;
using AiAccessProxy.Ledger;
using AiAccessProxy.People;

namespace AiAccessProxy.Control.Pages;

/// <summary>Ended tickets, the last first.</summary>
internal static class HistoryPage
{
    public static Html Of(Viewer viewer, IReadOnlyList<Story> ended, PeopleDirectory people, DateTimeOffset now) =>
        Layout.Of("History", viewer, "/history", now, Html.Of($"""
            <div id="history" data-live="history">
            <h1>History</h1>
            {(ended.Count == 0 ? Empty : Html.Of($"""
                <ul class="tickets">
                {Html.Each(ended, story => Row(story, people, now))}
                </ul>
                <p class="hint">The last {ended.Count} that ended. Everything stands in the <a href="/ledger">ledger</a>.</p>
                """))}
            </div>
            """));

    private static Html Empty => Html.Of($"""
        <div class="empty">
        <p><b>No ticket has ended yet.</b></p>
        <p>What people decide, what expires and what was sent is listed here. What waits now is under <a href="/">Pending</a>.</p>
        </div>
        """);

    private static Html Row(Story story, PeopleDirectory people, DateTimeOffset now)
    {
        var (opening, ending) = (story.Opening, story.Ending);
        var action = opening?.Action;
        return Html.Of($"""
            <li data-ticket="{story.Ticket}" data-outcome="{ending?.Kind}">
            <a href="/tickets/{story.Ticket}">
            <span class="top">{(action?.Risk is { } risk ? Words.Risk(risk) : Html.None)}{Outcome(ending)}
            <span class="spring"></span>{(ending is null ? Html.None : Moment.Ago(ending.Time, now))}</span>
            <strong>{action?.Name ?? "call"}: <code>{action?.Method}</code> <code>{Words.Short(action?.Target ?? "", 120)}</code></strong>
            <span class="line">agent <b>{opening?.Agent?.Id}</b>{Voters(story, people)}</span>
            </a>
            </li>

            """);
    }

    private static Html Outcome(LedgerRecord? ending) => ending?.Kind switch
    {
        RecordKind.CallExecuted => Html.Of($"""<span class="status executed">Sent, answered {ending.Outcome?.Status ?? 0}</span>"""),
        RecordKind.CallFailed => Html.Of($"""<span class="status failed">Failed: not sent</span>"""),
        RecordKind.CallUnknown => Html.Of($"""<span class="status unknown">Outcome unknown</span>"""),
        RecordKind.TicketDenied => Html.Of($"""<span class="status denied">Denied</span>"""),
        RecordKind.TicketExpired => Html.Of($"""<span class="status expired">Expired</span>"""),
        RecordKind.TicketLapsed => Html.Of($"""<span class="status lapsed">Not used in time</span>"""),
        RecordKind.TicketCancelled => Html.Of($"""<span class="status cancelled">Cancelled</span>"""),
        _ => Html.None,
    };

    private static Html Voters(Story story, PeopleDirectory people) => Html.Each(
        story.Records.Where(record => record.Kind is RecordKind.VoteApprove or RecordKind.VoteDeny),
        vote => Html.Of(
            $" · {(vote.Kind == RecordKind.VoteApprove ? "approved" : "denied")} by {Words.Person(people, vote.Reviewer?.Id ?? "")}{Unverified(vote)}"));

    private static string Unverified(LedgerRecord vote) => vote.Reviewer?.Authenticated == Viewer.Local ? " (unverified)" : "";
}
