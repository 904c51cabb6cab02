using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using AiAccessProxy.Commands.Completing;
using AiAccessProxy.Commands.Server;
using AiAccessProxy.Commands.Tables;
using AiAccessProxy.Control.Api;
using AiAccessProxy.Control.Api.Shapes;

namespace AiAccessProxy.Commands.Tickets;

/// <summary><c>aiaccess tickets list|show|approve|deny</c>: a reviewer's work from a terminal.</summary>
internal static class TicketsCommand
{
    private const string ListWords = """
        Examples:
          aiaccess tickets list --mine
          aiaccess tickets list --state ended --agent billing-bot --limit 20
          aiaccess tickets list --risk critical --json | jq -r '.tickets[].id'
        """;

    private const string ShowWords = """
        Whatever an agent wrote is shown with everything invisible made visible, and nothing of what would be sent is left out. The revision
        moves with everything that happens to the ticket: 'approve --revision' counts for what you have read or not at all.

        Example:
          aiaccess tickets show t_0198c1b2a3d4e5f60718293a4b5c6d7e
        """;

    private const string ApproveWords = """
        An approval lets exactly one call through: the one that 'aiaccess tickets show' shows. With --revision it counts only if nothing has
        happened to the ticket since you read it; else nothing is done, and the command ends with 5.

        Example:
          aiaccess tickets approve t_0198c1b2a3d4e5f60718293a4b5c6d7e --revision 1 --reason "agreed with the customer"
        """;

    private const string DenyWords = """
        One denial ends a ticket. The agent is told the reason.

        Example:
          aiaccess tickets deny t_0198c1b2a3d4e5f60718293a4b5c6d7e --reason "not before the audit"
        """;

    public static Command Create() => new("tickets", "Privileged calls that wait for people: list, read, approve, deny.")
    {
        List(), Show(), Vote("approve", approve: true), Vote("deny", approve: false),
    };

    private static Command List()
    {
        var mine = new Option<bool>("--mine") { Description = "Only those whose approval by you would count now." };
        var agent = Named.AgentOption("Only those of this agent.");
        var route = new Option<string?>("--route") { Description = "Only those on this route.", HelpName = "route" };
        var risk = Named.Choice("--risk", "Only those of this risk.", "low", "medium", "high", "critical");
        var state = Named.Choice("--state", "Those that are not over (live, the default), one state of these, or those that ended, the last first.", "live", "pending", "approved", "executing", "ended");
        var limit = Named.Limit("How many tickets at most", Pages.Usual);
        return new Command("list", "List the tickets that are not over, oldest first.") { mine, agent, route, risk, state, limit }.Asking(
            ListWords,
            asked => asked.AllAsync(
                ApiQuery.Of("tickets").With("mine", asked.Parsed.GetValue(mine) ? "true" : null).With("agent", asked.Parsed.GetValue(agent))
                    .With("route", asked.Parsed.GetValue(route)).With("risk", asked.Parsed.GetValue(risk)).With("state", asked.Parsed.GetValue(state)),
                "tickets", asked.Parsed.GetValue(limit)),
            (body, screen) => body.As<TicketListJson>() is var list && list.Tickets.Count == 0
                ? new([]) { Note = "No ticket matches." }
                : new(TicketText.Table(list.Tickets, screen)) { Note = Pages.More(list.Next) });
    }

    private static Command Show()
    {
        var id = Named.Ticket();
        return new Command("show", "Show one ticket in full: who, why, and exactly what would be sent.") { id }
            .Asking(ShowWords, asked => asked.GetAsync("tickets", asked.Parsed.GetRequiredValue(id)), Page);
    }

    private static Command Vote(string name, bool approve)
    {
        var id = Named.Ticket();
        var reason = new Option<string?>("--reason") { Description = "Why; the ledger keeps it, and the agent is told.", Required = !approve, HelpName = "words" };
        var revision = new Option<long?>("--revision") { Description = "The revision that 'tickets show' told: the vote counts for that or not at all.", HelpName = "n" };
        return new Command(name, approve ? "Approve a ticket; it can be used once." : "Deny a ticket; one denial ends it.") { id, reason, revision }.Asking(
            approve ? ApproveWords : DenyWords,
            asked => VoteAsync(
                asked, asked.Parsed.GetRequiredValue(id), new { vote = name, reason = asked.Parsed.GetValue(reason) }, asked.Parsed.GetValue(revision)),
            (body, _) => new([TicketText.Line(body.As<TicketJson>())]));
    }

    private static async Task<ApiAnswer> VoteAsync(Asked asked, string ticket, object vote, long? revision)
    {
        var answer = await asked.Api.PostAsync(
            ApiQuery.Of("tickets", ticket, "votes"), vote, asked.CancellationToken,
            ("If-Match", revision is { } number ? string.Create(CultureInfo.InvariantCulture, $"\"{number}\"") : null));
        return answer is ApiAnswer.Refused { Kind: "stale" } stale
            ? stale with { Why = $"the ticket changed since revision {revision}; nothing was done. Read it again with 'aiaccess tickets show {ticket}', then decide" }
            : answer;
    }

    private static Told Page(JsonElement body, Screen screen) => new(TicketText.Page(body.As<TicketJson>(), screen.Now));
}
