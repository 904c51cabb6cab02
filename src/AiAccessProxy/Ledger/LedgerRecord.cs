namespace AiAccessProxy.Ledger;

/// <summary>
/// One entry of the ledger. It carries no secrets and no bodies. Parts that a kind does not need are null and are not written.
/// Kinds are listed in <see cref="RecordKind"/>.
/// </summary>
internal sealed record LedgerRecord
{
    /// <summary>UUIDv7, made from the instance's clock.</summary>
    public required Guid Id { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required string Kind { get; init; }

    /// <summary>Which process wrote it.</summary>
    public required string Instance { get; init; }

    public RecordedAgent? Agent { get; init; }

    public RecordedAction? Action { get; init; }

    /// <summary>Id of the ticket that this record belongs to.</summary>
    public string? Ticket { get; init; }

    /// <summary>For what became of a call: id of the record that cleared it.</summary>
    public Guid? Of { get; init; }

    /// <summary>Ids of the rules that led to the decision.</summary>
    public IReadOnlyList<string>? Rules { get; init; }

    /// <summary>Ids of rules that are only observed, and that would have counted.</summary>
    public IReadOnlyList<string>? Observed { get; init; }

    /// <summary>Content hash of the policy snapshot that decided.</summary>
    public string? Policy { get; init; }

    /// <summary><c>allow</c>, <c>deny</c> or <c>require_approval</c>.</summary>
    public string? Decision { get; init; }

    public RecordedReviewer? Reviewer { get; init; }

    public RecordedKey? Key { get; init; }

    /// <summary>The agent's own words by name (<c>reason</c>, <c>change</c> …).</summary>
    public IReadOnlyDictionary<string, string>? Claims { get; init; }

    public RecordedOutcome? Outcome { get; init; }

    public IReadOnlyList<string>? Controls { get; init; }

    /// <summary>W3C trace id, 32 hex digits.</summary>
    public string? Trace { get; init; }

    /// <summary>Words for people: the reason of a denial, what was wrong, how many were counted.</summary>
    public string? Detail { get; init; }

    /// <summary>For counted refusals: how many calls this record stands for.</summary>
    public long? Count { get; init; }
}
