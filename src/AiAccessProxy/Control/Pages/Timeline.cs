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
        <li data-kind="{record.Kind}">{Moment.At(record.Time)} <span>{What(record, people)}{Unverified(record)}{Detail(record)}</span></li>

        """);

    private static string What(LedgerRecord record, PeopleDirectory people)
    {
        var who = record.Reviewer is { } reviewer ? Words.Person(people, reviewer.Id) : "somebody";
        return record.Kind switch
        {
            RecordKind.TicketOpened => $"Opened by agent {record.Agent?.Id}",
            RecordKind.VoteApprove => $"{who} approved ({Through(record.Reviewer)})",
            RecordKind.VoteDeny => $"{who} denied ({Through(record.Reviewer)})",
            RecordKind.VoteRefused => $"A vote of {who} did not count ({Through(record.Reviewer)})",
            RecordKind.TicketApproved => "Approved",
            RecordKind.TicketDenied => "Denied",
            RecordKind.TicketExpired => "Expired",
            RecordKind.TicketLapsed => "Lapsed",
            RecordKind.TicketCancelled => "Cancelled",
            RecordKind.TicketExecuting => "Let through to the upstream",
            RecordKind.CallExecuted => $"The upstream answered {record.Outcome?.Status}",
            RecordKind.CallFailed => $"Not sent: {record.Outcome?.Why}",
            RecordKind.CallUnknown => $"Outcome unknown: {record.Outcome?.Why}",
            RecordKind.Refused => "A repeat of the call was refused",
            _ => record.Kind,
        };
    }

    private static string Through(RecordedReviewer? reviewer) => reviewer is null ? "unknown" : $"{reviewer.Channel}, {reviewer.Authenticated}";

    private static Html Unverified(LedgerRecord record) =>
        record.Reviewer?.Authenticated == SignIn.Viewer.Local ? Html.Of($""" <span class="mark">unverified</span>""") : Html.None;

    private static Html Detail(LedgerRecord record) =>
        record.Detail is { Length: > 0 } detail ? Html.Of($""" <span class="detail">{detail}</span>""") : Html.None;
}
