using System.CommandLine;
using System.Globalization;
using AiAccessProxy.Commands.Completing;
using AiAccessProxy.Commands.Server;

namespace AiAccessProxy.Commands.Ledgers;

/// <summary>What is asked of the server's ledger: the options of every command that searches it.</summary>
internal sealed class LedgerFilters
{
    private readonly Option<string[]> _kinds = Named.Kinds();
    private readonly Option<string?> _agent = Named.AgentOption("Only records of this agent.");
    private readonly Option<string?> _rule = new("--rule") { Description = "Only calls that this rule counted for, or would have if it were not only observed.", HelpName = "rule" };
    private readonly Option<string?> _route = new("--route") { Description = "Only calls on this route.", HelpName = "route" };
    private readonly Option<string?> _ticket = Named.TicketOption("Only records of this ticket.");
    private readonly Option<string?> _decision = Named.Choice("--decision", "Only calls that were decided so.", "allow", "deny", "require_approval");
    private readonly Option<string?> _person = Named.Person("--person", "Only what this person decided.");
    private readonly Option<string?> _trace = new("--trace") { Description = "Only records of this W3C trace, 32 hex digits.", HelpName = "id" };
    private readonly Option<string?> _text = new("--text") { Description = "Only records that hold this text anywhere, in whatever case.", HelpName = "text" };
    private readonly Option<DateTimeOffset?> _since = TimeOption.Past("--since", "Only what was recorded at this time or later: a time (UTC unless it says otherwise), or how long ago, like 2h.");

    public Option<DateTimeOffset?> Until { get; } = TimeOption.Past("--until", "Only what was recorded before this time.");

    public IEnumerable<Option> All => [_since, Until, _kinds, _agent, _rule, _route, _ticket, _decision, _person, _trace, _text];

    /// <param name="since">Instead of what the command line says; null for that.</param>
    public ApiQuery On(ApiQuery query, ParseResult parsed, DateTimeOffset? since = null) => query
        .With("since", Time(since ?? parsed.GetValue(_since))).With("until", Time(parsed.GetValue(Until)))
        .With("kind", parsed.GetValue(_kinds) ?? []).With("agent", parsed.GetValue(_agent)).With("rule", parsed.GetValue(_rule))
        .With("route", parsed.GetValue(_route)).With("ticket", parsed.GetValue(_ticket)).With("decision", parsed.GetValue(_decision))
        .With("person", parsed.GetValue(_person)).With("trace", parsed.GetValue(_trace)).With("text", parsed.GetValue(_text));

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
