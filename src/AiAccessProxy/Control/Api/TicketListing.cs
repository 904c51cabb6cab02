using System.Globalization;
using AiAccessProxy.Approvals;
using AiAccessProxy.Control.Api.Describing;
using AiAccessProxy.Control.Reading;
using AiAccessProxy.Control.SignIn;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Control.Api;

/// <summary>Tickets by what is asked of them: those that live, oldest first, or those that ended, the last first.</summary>
internal sealed class TicketListing(ApprovalDesk desk, LedgerReading reading, PolicyStore policies)
{
    public const string Ended = "ended";

    /// <summary>Ended tickets that one page looks at, at most; the rest is on the next.</summary>
    private const int MostLookedAt = 500;

    public static IReadOnlyList<ApiParameter> Parameters { get; } =
    [
        ApiParameter.Choice(
            "state", "Which: all that are not over (the default), one state of those, or those that ended (the last few hundred).",
            "live", "pending", "approved", "executing", Ended),
        ApiParameter.Text("agent", "Of this agent only, by its id."),
        ApiParameter.Text("route", "Of this route only, by its id."),
        ApiParameter.Choice("risk", "Of this risk only.", "low", "medium", "high", "critical"),
        ApiParameter.Flag("mine", "Only those whose approval by whoever asks would count now."),
        Paging.Limit,
        Paging.From,
    ];

    /// <summary>Null: the cursor is none of this query.</summary>
    public async ValueTask<(IReadOnlyList<Ticket> Page, string? Next)?> PageAsync(HttpContext context)
    {
        if (context.Text("state") == Ended) return await EndedAsync(context);
        var tickets = new List<Ticket>();
        await foreach (var ticket in desk.LiveAsync(context.RequestAborted))
            if (IsAsked(context, ticket)) tickets.Add(ticket);
        return Paging.Of(context, tickets, PlaceOf);
    }

    private async ValueTask<(IReadOnlyList<Ticket> Page, string? Next)?> EndedAsync(HttpContext context)
    {
        await reading.CatchUpAsync(context.RequestAborted);
        var (query, ended) = (Cursor.QueryOf(context.Request), reading.Stories.Ended);
        var from = 0;
        if (context.Text("cursor") is { } cursor)
        {
            if (Cursor.Read(cursor, query) is not { } place) return null;
            // Whatever ended since stands before it; what has been forgotten since had nothing after it that was not.
            from = ended.Select(story => story.Ticket).ToList().IndexOf(place) + 1;
            if (from == 0) return ([], null);
        }

        var (page, limit) = (new List<Ticket>(), context.Number("limit", Paging.Usual));
        var at = from;
        for (; at < ended.Count && page.Count < limit && at - from < MostLookedAt; at++)
        {
            var ticket = await desk.FindAsync(new(ended[at].Ticket), context.RequestAborted);
            if (ticket is not null && IsAsked(context, ticket)) page.Add(ticket);
        }

        return (page, at < ended.Count ? Cursor.Of(ended[at - 1].Ticket, query) : null);
    }

    private bool IsAsked(HttpContext context, Ticket ticket) =>
        (context.Text("state") is not { } state || state is "live" or Ended || Lower(ticket.Status) == state)
        && (context.Text("agent") is not { } agent || ticket.Agent.Id == agent)
        && (context.Text("route") is not { } route || ticket.Action.Route == route)
        && (context.Text("risk") is not { } risk || Lower(ticket.Risk) == risk)
        && (!context.Flag("mine") || Entitlement.Objection(ticket, Viewer.Of(context).Person.Id, approve: true, policies.Current) is null);

    /// <summary>In the order in which they were opened.</summary>
    private static string PlaceOf(Ticket ticket) => string.Create(CultureInfo.InvariantCulture, $"{ticket.Opened.UtcTicks:d19}/{ticket.Id.Value}");

    private static string Lower(Enum value) => value.ToString().ToLowerInvariant();
}
