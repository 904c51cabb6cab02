using AiAccessProxy.Approvals;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Control.Pages;

/// <summary>The form over the inbox. It needs no script: what is asked for stands in the address.</summary>
internal static class InboxFilterForm
{
    public static Html Of(InboxFilter asked, IReadOnlyList<Ticket> live) => Html.Of($"""
        <search>
        <form id="filter" class="filter" action="/">
        {Asking.Search(asked.Text)}
        {Asking.Choice("agent", "Agent", "any", asked.Agent, Each(live, ticket => ticket.Agent.Id))}
        {Asking.Choice("route", "Route", "any", asked.Route, Each(live, ticket => ticket.Action.Route))}
        {Asking.Choice("risk", "Risk", "any", asked.Risk, Enum.GetValues<Risk>().Reverse().Select(risk => (Records.Lower(risk), Records.Lower(risk))))}
        {Asking.Choice("state", "State", "any", asked.State, States)}
        <div class="check"><label><input type="checkbox" name="mine" value="yes"{(asked.IsMine ? Html.Of($" checked") : Html.None)}> Mine to decide</label></div>
        {Asking.Button(asked != InboxFilter.None, "/")}
        </form>
        </search>
        """);

    private static IEnumerable<(string, string)> States =>
        new[] { TicketStatus.Pending, TicketStatus.Approved, TicketStatus.Executing }.Select(status => (Records.Lower(status), Words.Of(status)));

    private static IEnumerable<(string, string)> Each(IReadOnlyList<Ticket> live, Func<Ticket, string> what) =>
        live.Select(what).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(one => (one, one));
}
