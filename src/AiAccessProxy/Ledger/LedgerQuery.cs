using System.Text;

namespace AiAccessProxy.Ledger;

/// <summary>Which entries a reader wants; what is null is not asked. <see cref="Until"/> is exclusive. Times are the store's.</summary>
internal sealed record LedgerQuery(string? Ticket = null, string? Agent = null, DateTimeOffset? Since = null, DateTimeOffset? Until = null)
{
    /// <summary>Any of these; <c>ticket.*</c> stands for all that begin so.</summary>
    public IReadOnlyList<string>? Kinds { get; init; }

    /// <summary>Id of a rule that counted, or that would have if it were not only observed.</summary>
    public string? Rule { get; init; }

    public string? Route { get; init; }

    /// <summary><c>allow</c>, <c>deny</c> or <c>require_approval</c>.</summary>
    public string? Decision { get; init; }

    /// <summary>Id of the person who voted or decided.</summary>
    public string? Person { get; init; }

    /// <summary>W3C trace id.</summary>
    public string? Trace { get; init; }

    /// <summary>Words that stand anywhere in the record as it is kept, in whatever case.</summary>
    public string? Text { get; init; }

    public bool Matches(Entry entry) =>
        (Ticket is null || entry.Record.Ticket == Ticket)
        && (Agent is null || entry.Record.Agent?.Id == Agent)
        && (Since is null || entry.StoredAt >= Since)
        && (Until is null || entry.StoredAt < Until)
        && (Kinds is null || Kinds.Any(kind => IsOf(kind, entry.Record.Kind)))
        && (Rule is null || entry.Record.Rules?.Contains(Rule) == true || entry.Record.Observed?.Contains(Rule) == true)
        && (Route is null || entry.Record.Action?.Route == Route)
        && (Decision is null || entry.Record.Decision == Decision)
        && (Person is null || entry.Record.Reviewer?.Id == Person)
        && (Trace is null || entry.Record.Trace == Trace)
        && (Text is null || Encoding.UTF8.GetString(entry.Stored.Span).Contains(Text, StringComparison.OrdinalIgnoreCase));

    private static bool IsOf(string asked, string kind) =>
        asked.EndsWith(".*", StringComparison.Ordinal) ? kind.StartsWith(asked[..^1], StringComparison.Ordinal) : kind == asked;
}
