using System.Globalization;
using AiAccessProxy.Approvals.Showing;
using AiAccessProxy.Commands.Tables;
using AiAccessProxy.Control.Api;
using static AiAccessProxy.Commands.RecordedText;

namespace AiAccessProxy.Commands.Tickets;

/// <summary>A ticket on a terminal. Whatever came from an agent is made safe; nothing of what would be sent is left out.</summary>
internal static class TicketText
{
    public static string Line(TicketJson ticket) =>
        $"{Short(ticket.Id)}  {Word(ticket.Status),-9}  {Word(ticket.Risk),-8}  {RecordedText.Of(ticket.Agent)}: {RecordedText.Of(ticket.Action)} | "
        + $"{Short(string.Join("; ", ticket.Summary))} | {Short(ticket.Progress)} | decide by {Time(ticket.DecideBy)}";

    public static IEnumerable<string> Table(IEnumerable<TicketJson> tickets, Screen screen) => new Table(
        new Column("TICKET"), new Column("STATUS"), new Column("RISK") { Colour = OfRisk }, new Column("AGENT") { Least = 10 }, new Column("CALL") { Least = 12 },
        new Column("SUMMARY") { Least = 16 }, new Column("APPROVALS") { Least = 9 }, new Column("DECIDE BY")).Lines(tickets.Select(ticket => Row(ticket, screen.Now)), screen);

    public static IEnumerable<string> Page(TicketJson ticket, DateTimeOffset now)
    {
        yield return $"ticket      {Short(ticket.Id)}, {Word(ticket.Status)}{(ticket.EndedBecause is { } because ? $": {TerminalText.Of(because)}" : "")}";
        yield return $"agent       {RecordedText.Of(ticket.Agent)}, owned by {Short(ticket.Agent.Owner)}, known by {Short(ticket.Agent.Authenticated ?? "nothing")}";
        yield return $"action      {RecordedText.Of(ticket.Action)}";
        foreach (var summary in ticket.Summary) yield return $"summary     {TerminalText.Of(summary)}";
        foreach (var rule in ticket.Rules) yield return $"rule        {TerminalText.Of($"{rule.Id}: {string.Join("; ", rule.Because)}")}";
        foreach (var (name, words) in ticket.Claims) yield return $"claimed     {TerminalText.Of(name)}: \"{TerminalText.Of(words)}\" (the agent's own words)";
        foreach (var run in ticket.Earlier)
            yield return $"earlier     {Short(run.Ticket)} of {Time(run.Opened)}, {Word(run.Ended)}{(run.UpstreamStatus is { } status ? $", upstream said {status}" : "")}";
        foreach (var vote in ticket.Votes)
            yield return $"vote        {Short(vote.Person)}: {(vote.Approve ? "approve" : "deny")}{(vote.Reason is { } reason ? $", \"{TerminalText.Of(reason)}\"" : "")}";
        yield return $"progress    {Short(ticket.Progress)}";
        yield return $"opened      {Moments.Of(ticket.Opened, now)}";
        if (ticket.Ended is { } ended) yield return $"ended       {Moments.Of(ended, now)}";
        else yield return $"decide by   {Moments.Of(ticket.DecideBy, now)}";
        if (ticket.UseBy is { } use) yield return $"use by      {Moments.Of(use, now)}";
        if (ticket.Revision is { } revision) yield return string.Create(CultureInfo.InvariantCulture, $"revision    {revision}");
        if (ticket.WhyNot is { } why) yield return $"you         {TerminalText.Of(why)}";
        foreach (var line in ticket.Shown is { } shown ? Call(shown) : []) yield return line;
        if (ticket.MayDiffer.Count > 0)
            yield return $"  may differ in the identical call that is sent: {TerminalText.Of(string.Join(", ", ticket.MayDiffer))}";
    }

    private static IEnumerable<string> Call(ShownCall call)
    {
        yield return "";
        yield return "what would be sent:";
        foreach (var part in call.Parts)
        {
            yield return $"  {TerminalText.Of(part.Kind)}{(part.Name is { } name ? $" {TerminalText.Of(name)}" : "")}{(part.Sent is { } sent ? Compressed(sent) : "")}";
            foreach (var line in TerminalText.Lines(string.Concat(part.Spans.Select(Span)))) yield return $"    {line}";
        }

        if (call.Credential is { } credential) yield return $"  credential {Short(credential)}, added by the proxy";
        if (call.ProxyHeaders.Count > 0) yield return $"  headers made by the proxy: {TerminalText.Of(string.Join(", ", call.ProxyHeaders))}";
        if (!call.IsWhole) yield return string.Create(CultureInfo.InvariantCulture, $"  {call.HiddenBytes} bytes are not shown, so nobody can approve this");
    }

    private static string Compressed(ShownCoding sent) => string.Create(
        CultureInfo.InvariantCulture, $", sent compressed ({Short(sent.Coding)}, {sent.Bytes} bytes), shown as decompressed ({sent.DocumentBytes} bytes)");

    private static string Span(ShownSpan span) => span switch
    {
        ShownSpan.Text text => text.Safe,
        ShownSpan.Redacted redacted => string.Create(
            CultureInfo.InvariantCulture, $"[{redacted.Field}: {redacted.Length} bytes redacted, sha256 {redacted.Sha256}]"),
        _ => throw new InvalidOperationException($"A span of a kind that cannot be shown: {span.GetType()}."),
    };

    private static string[] Row(TicketJson ticket, DateTimeOffset now) =>
    [
        ticket.Id, Word(ticket.Status), Word(ticket.Risk), ticket.Agent.OnBehalfOf is { } person ? $"{ticket.Agent.Id} for {person}" : ticket.Agent.Id,
        $"{ticket.Action.Method} {ticket.Action.Target} on {ticket.Action.Route}", string.Join("; ", ticket.Summary), ticket.Progress,
        ticket.Ended is null ? Moments.Cell(ticket.DecideBy, now) : $"ended {Moments.Cell(ticket.Ended, now)}",
    ];

    /// <summary>Red for what can do the most harm, yellow for what comes next.</summary>
    private static string? OfRisk(string risk) => risk switch { "critical" => "31", "high" => "33", _ => null };

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Time(DateTimeOffset time) => Moments.Exact(time);
}
