using System.Globalization;
using AiAccessProxy.Commands.Tables;
using AiAccessProxy.Control.Api.Shapes;

namespace AiAccessProxy.Commands.Roster;

/// <summary>Agents and their keys on a terminal.</summary>
internal static class AgentText
{
    private const string Red = "31";

    public static IEnumerable<string> Table(IEnumerable<AgentJson> agents, Screen screen) => new Table(
        new Column("AGENT"), new Column("OWNER") { Least = 8 }, new Column("STATE") { Least = 9, Colour = OfState }, new Column("KEYS"),
        new Column("PENDING"), new Column("TODAY") { Least = 16 }, new Column("LAST SEEN")).Lines(agents.Select(agent => Row(agent, screen.Now)), screen);

    public static IEnumerable<string> Page(AgentJson agent, Screen screen)
    {
        yield return $"agent       {CellText.Of(agent.Id)}, owned by {CellText.Of(agent.Owner)}{(agent.Groups.Count > 0 ? $", in {CellText.Of(string.Join(", ", agent.Groups))}" : "")}";
        yield return agent.Suspended is { } suspension
            ? $"state       suspended by {CellText.Of(suspension.By)} {Moments.Of(suspension.At, screen.Now)}{(suspension.Reason is { } why ? $": \"{TerminalText.Of(why)}\"" : "")}"
            : "state       active";
        yield return $"today       {Today(agent.Today)}; {Count(agent.Today.LastHour)} in the last hour";
        yield return $"last seen   {(agent.Today.LastSeen is { } seen ? Moments.Of(seen, screen.Now) : "not today")}";
        yield return $"tickets     {Count(agent.LiveTickets)} not over";
        yield return $"you         {(agent.MayStop ? "may" : "may not")} suspend it and revoke its keys; {(agent.MayLet ? "may" : "may not")} resume it and make its keys";
        if (agent.Keys.Count == 0) yield break;
        yield return "";
        foreach (var line in Keys(agent.Keys, screen)) yield return line;
    }

    public static IEnumerable<string> Keys(IEnumerable<KeyJson> keys, Screen screen) => new Table(
        new Column("KEY"), new Column("STATE"), new Column("FROM") { Least = 11 }, new Column("ACTS FOR"), new Column("ENDS"), new Column("LAST USED"))
        .Lines(keys.Select(key => Row(key, screen.Now)), screen);

    private static string[] Row(AgentJson agent, DateTimeOffset now) =>
    [
        agent.Id, agent.Owner, agent.Suspended is { } suspension ? $"suspended by {suspension.By}" : "active", Count(agent.Keys.Count(key => key.Live)),
        Count(agent.LiveTickets), Today(agent.Today), Moments.Cell(agent.Today.LastSeen, now),
    ];

    private static string[] Row(KeyJson key, DateTimeOffset now) =>
    [
        key.Id, key.Live ? "live" : "ended",
        key.Origin == KeyOrigin.File ? "agents.yaml" : $"{key.MadeBy ?? "the API"}{(key.MadeAt is { } made ? $", {Moments.Cell(made, now)}" : "")}",
        key.OnBehalfOf ?? "-", $"{(key.Ends is { } ends ? Moments.Cell(ends, now) : "never")}{(key.EndedBy is { } by ? $" by {by}" : "")}", Moments.Cell(key.LastUsed, now),
    ];

    private static string Today(ActivityJson today) =>
        string.Create(CultureInfo.InvariantCulture, $"{today.Allowed} allowed, {today.Denied} denied, {today.Asked} asked, {today.Refused} refused");

    private static string Count(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? OfState(string state) => state.StartsWith("suspended", StringComparison.Ordinal) ? Red : null;
}
