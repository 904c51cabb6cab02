using AiAccessProxy.Approvals;
using AiAccessProxy.People;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Control.Pages;

/// <summary>The words and marks that several pages use.</summary>
internal static class Words
{
    public static string Of(TicketStatus status) => status switch
    {
        TicketStatus.Pending => "Waiting",
        TicketStatus.Approved => "Approved, not yet sent",
        TicketStatus.Executing => "Being sent",
        TicketStatus.Executed => "Sent and answered",
        TicketStatus.Failed => "Failed: not sent",
        TicketStatus.Unknown => "Outcome unknown",
        TicketStatus.Denied => "Denied",
        TicketStatus.Expired => "Expired",
        TicketStatus.Lapsed => "Approved, but not used in time",
        TicketStatus.Cancelled => "Cancelled",
        _ => status.ToString(),
    };

    public static Html Badge(Risk risk) => Risk(risk.ToString().ToLowerInvariant());

    public static Html Risk(string risk) => Html.Of($"""<span class="risk {risk}">{risk} risk</span>""");

    public static Html Badge(TicketStatus status) =>
        Html.Of($"""<span class="status {status.ToString().ToLowerInvariant()}">{Of(status)}</span>""");

    public static Html Notice(ControlProblem problem) =>
        Html.Of($"""<p class="notice bad" role="alert" data-problem="{problem.Kind}"><b>{problem.Title}.</b> {problem.Detail}</p>""");

    /// <summary>What the rules call this action: their summary, else its method and target.</summary>
    public static string Headline(Ticket ticket) => ticket.Summary is [var first, ..] ? first : $"{ticket.Action.Method} {ticket.Action.Target}";

    public static string Person(PeopleDirectory people, string id) => people.Find(id) is { } person ? $"{person.Name} ({id})" : id;

    /// <summary>Of agents' wordy claims and targets an inbox shows the beginning; the ticket's page shows everything.</summary>
    public static string Short(string text, int length = 200) => text.Length <= length ? text : string.Concat(text.AsSpan(0, length), "…");

    public static string Size(long bytes) => bytes switch
    {
        1 => "1 byte",
        < 10_000 => $"{bytes} bytes",
        < 10_000_000 => $"{bytes / 1000} kB",
        _ => $"{bytes / 1_000_000} MB",
    };
}
