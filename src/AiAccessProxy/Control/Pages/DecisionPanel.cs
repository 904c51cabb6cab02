using AiAccessProxy.Approvals;
using AiAccessProxy.Control.Guarding;
using AiAccessProxy.Control.SignIn;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Control.Pages;

/// <summary>How a ticket stands, and the forms to decide it with: only for whom a vote would count, only while it would.</summary>
internal static class DecisionPanel
{
    public const int MaxReason = 1000;

    public static Html Of(TicketView view) => Html.Of($"""
        <aside id="decision" data-live="decision" aria-label="Decision">
        {(view.Notice is { } notice ? Words.Notice(notice) : Html.None)}
        {Standing(view)}
        {Votes(view)}
        {(view.Ticket.Status == TicketStatus.Pending ? Forms(view) : Html.None)}
        </aside>
        """);

    private static Html Standing(TicketView view)
    {
        var ticket = view.Ticket;
        return ticket.Status switch
        {
            TicketStatus.Pending => Html.Of($"""
                <h2>{NeedProgress.Of(ticket, view.Rules).ToString()}</h2>
                <p>{Moment.Left(ticket.DecideBy, view.Now)} <small>until {Moment.At(ticket.DecideBy)}</small></p>
                """),
            TicketStatus.Approved when ticket.UseBy is { } useBy => Html.Of($"""
                <h2>{Words.Of(ticket.Status)}</h2>
                <p>The agent has to be there to receive the answer: {Moment.Left(useBy, view.Now)}.</p>
                """),
            _ => Html.Of($"""
                <h2>{Words.Of(ticket.Status)}</h2>
                <p>{(ticket.Ended is { } ended ? Moment.At(ended) : Html.None)}{Because(ticket)}</p>
                """),
        };
    }

    private static Html Because(Ticket ticket) => ticket switch
    {
        { EndedBecause: { Length: > 0 } because } => Html.Of($": {because}"),
        { Execution.Status: { } status } => Html.Of($": the upstream answered <b>{status}</b>"),
        _ => Html.None,
    };

    private static Html Votes(TicketView view) => view.Ticket.Votes.Count == 0 ? Html.None : Html.Of($"""
        <ul class="votes">
        {Html.Each(view.Ticket.Votes, vote => Html.Of($"""
            <li data-vote="{vote.Person}"><b>{Words.Person(view.People, vote.Person)}</b>
            {(vote.Approve ? "approved" : "denied")}{Unverified(vote)}{(vote.Reason is { Length: > 0 } reason ? Html.Of($": <q>{reason}</q>") : Html.None)}</li>

            """))}
        </ul>
        """);

    private static Html Unverified(Vote vote) =>
        vote.Authenticated == Viewer.Local ? Html.Of($""" <span class="mark">unverified</span>""") : Html.None;

    private static Html Forms(TicketView view) => Html.Of($"""
        {(view.MayApprove ? Approve(view) : WhyNot(view))}
        {(view.MayDeny ? Deny(view) : Html.None)}
        """);

    private static Html WhyNot(TicketView view)
    {
        var objection = Entitlement.Objection(view.Ticket, view.Viewer.Person.Id, approve: true, view.Rules);
        return objection is null ? Html.None : Html.Of($"""<p class="notice" data-why-not>{VoteProblems.Of(objection).Detail}</p>""");
    }

    private static Html Approve(TicketView view) => Html.Of($"""
        <form id="approve" method="post" action="/tickets/{view.Ticket.Id.Value}/votes">
        {Hidden(view, "approve")}
        {(view.Ticket.Risk == Risk.Critical ? Confirm : Html.None)}
        <label for="approve-reason">A note, if you like</label>
        <input id="approve-reason" name="reason" maxlength="{MaxReason}" autocomplete="off">
        <button class="main">Approve</button>
        </form>
        """);

    private static Html Confirm => Html.Of($"""
        <label class="confirm"><input type="checkbox" name="confirm" value="yes" required>
        This is critical. I have read all of it, and I want it to happen.</label>
        """);

    private static Html Deny(TicketView view) => Html.Of($"""
        <form id="deny" method="post" action="/tickets/{view.Ticket.Id.Value}/votes">
        {Hidden(view, "deny")}
        <label for="deny-reason">Why not? The agent is told.</label>
        <textarea id="deny-reason" name="reason" rows="2" maxlength="{MaxReason}" required>
        {Html.Lines(view.Typed ?? "")}</textarea>
        <button class="danger">Deny</button>
        </form>
        """);

    private static Html Hidden(TicketView view, string vote) => Html.Of($"""
        <input type="hidden" name="{FormCheck.Token}" value="{view.Viewer.Session?.FormToken}">
        <input type="hidden" name="vote" value="{vote}">
        """);
}
