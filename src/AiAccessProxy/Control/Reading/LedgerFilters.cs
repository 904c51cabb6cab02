using AiAccessProxy.Ledger;

namespace AiAccessProxy.Control.Reading;

/// <summary>The names by which a request asks for records: the same on the page and by the API.</summary>
internal static class LedgerFilters
{
    /// <param name="asked">What was asked under a name; null when nothing was.</param>
    public static LedgerQuery QueryOf(Func<string, string?> asked, IReadOnlyList<string>? kinds, DateTimeOffset? since, DateTimeOffset? until) =>
        new(asked("ticket"), asked("agent"), since, until)
        {
            Kinds = kinds,
            Rule = asked("rule"),
            Route = asked("route"),
            Decision = asked("decision"),
            Person = asked("person"),
            Trace = asked("trace"),
            Text = asked("text"),
        };
}
