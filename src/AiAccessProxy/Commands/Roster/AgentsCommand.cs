using System.CommandLine;
using System.Text.Json;
using AiAccessProxy.Commands.Completing;
using AiAccessProxy.Commands.Keys;
using AiAccessProxy.Commands.Server;
using AiAccessProxy.Commands.Tables;
using AiAccessProxy.Control.Api.Shapes;

namespace AiAccessProxy.Commands.Roster;

/// <summary><c>aiaccess agents …</c>: who they are at the running server, stopping them, and their keys.</summary>
internal static class AgentsCommand
{
    private const string ListWords = """
        Example:
          aiaccess agents list --suspended true
        """;

    private const string ShowWords = """
        Example:
          aiaccess agents show billing-bot
        """;

    private const string SuspendWords = """
        Within two seconds no call of it passes, and nothing of it is approved or used. Its owner and operators may. Again changes nothing.

        Example:
          aiaccess agents suspend billing-bot --reason "refunds at night that nobody asked for"
        """;

    private const string ResumeWords = """
        Operators may. Its tickets are as they were, if their time is not over. Again changes nothing.

        Example:
          aiaccess agents resume billing-bot --reason "the prompt is fixed"
        """;

    public static Command Create() => new("agents", "Agents at the running server: list, read, suspend, resume; and their keys.")
    {
        List(), Show(),
        Decide("suspend", "Stop an agent: no call of it passes.", SuspendWords),
        Decide("resume", "Let a suspended agent call again.", ResumeWords),
        AgentKeysCommand.Create(), KeyCommand.OfAgents(),
    };

    private static Command List()
    {
        var suspended = Named.Choice("--suspended", "Only those that are suspended, or only those that are not.", "true", "false");
        var limit = Named.Limit("How many agents at most", Pages.Usual);
        return new Command("list", "List the agents, with what each did today.") { suspended, limit }.Asking(
            ListWords,
            asked => asked.AllAsync(ApiQuery.Of("agents").With("suspended", asked.Parsed.GetValue(suspended)), "agents", asked.Parsed.GetValue(limit)),
            (body, screen) => body.As<AgentListJson>() is var list && list.Agents.Count == 0
                ? new([]) { Note = "No agent matches." }
                : new(AgentText.Table(list.Agents, screen)) { Note = Pages.More(list.Next) });
    }

    private static Command Show()
    {
        var agent = Named.Agent();
        return new Command("show", "Show one agent: owner, state, what it did today, keys.") { agent }
            .Asking(ShowWords, asked => asked.GetAsync("agents", asked.Parsed.GetRequiredValue(agent)), Page);
    }

    private static Command Decide(string name, string description, string words)
    {
        var agent = Named.Agent();
        var reason = new Option<string?>("--reason") { Description = "Why; the ledger keeps it.", HelpName = "words" };
        return new Command(name, description) { agent, reason }.Asking(
            words, asked => asked.PostAsync(new { reason = asked.Parsed.GetValue(reason) }, "agents", asked.Parsed.GetRequiredValue(agent), name), Page);
    }

    private static Told Page(JsonElement body, Screen screen) => new(AgentText.Page(body.As<AgentJson>(), screen));
}
