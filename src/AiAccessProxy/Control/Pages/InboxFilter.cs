using AiAccessProxy.Approvals;
using AiAccessProxy.Control.SignIn;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Control.Pages;

/// <summary>Which tickets somebody wants to see. What is null is not asked.</summary>
/// <param name="IsMine">Only what this person may decide now.</param>
/// <param name="Text">Stands somewhere in what the ticket is about, in whatever case.</param>
internal sealed record InboxFilter(bool IsMine, string? Agent, string? Route, string? Risk, string? State, string? Text)
{
    public static InboxFilter None { get; } = new(false, null, null, null, null, null);

    public static InboxFilter Of(IQueryCollection query) => new(
        query["mine"] == "yes", query.Asked("agent"), query.Asked("route"), query.Asked("risk"), query.Asked("state"), query.Asked("text"));

    public bool Matches(Ticket ticket, Viewer viewer, PolicySnapshot rules) =>
        (!IsMine || (ticket.Status == TicketStatus.Pending && IsFor(ticket, viewer, rules)))
        && (Agent is null || ticket.Agent.Id == Agent)
        && (Route is null || ticket.Action.Route == Route)
        && (Risk is null || Records.Lower(ticket.Risk) == Risk)
        && (State is null || Records.Lower(ticket.Status) == State)
        && (Text is null || WordsOf(ticket).Any(words => words?.Contains(Text, StringComparison.OrdinalIgnoreCase) == true));

    /// <summary>Whether a vote of this person would count for something.</summary>
    public static bool IsFor(Ticket ticket, Viewer viewer, PolicySnapshot rules) =>
        Entitlement.Objection(ticket, viewer.Person.Id, approve: false, rules) is null;

    private static IEnumerable<string?> WordsOf(Ticket ticket) =>
    [
        .. ticket.Summary, ticket.Action.Method, ticket.Action.Target, ticket.Action.Name, ticket.Action.Route, ticket.Agent.Id, ticket.Agent.OnBehalfOf,
        .. ticket.Claims.Values,
    ];
}
