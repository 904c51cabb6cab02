namespace AiAccessProxy.Ledger;

/// <summary>Which entries a reader wants; what is null is not asked. <see cref="Until"/> is exclusive. Times are the store's.</summary>
internal sealed record LedgerQuery(string? Ticket = null, string? Agent = null, DateTimeOffset? Since = null, DateTimeOffset? Until = null)
{
    public bool Matches(Entry entry) =>
        (Ticket is null || entry.Record.Ticket == Ticket)
        && (Agent is null || entry.Record.Agent?.Id == Agent)
        && (Since is null || entry.StoredAt >= Since)
        && (Until is null || entry.StoredAt < Until);
}
