using AiAccessProxy.Ledger;

namespace AiAccessProxy.Control.Reading;

/// <summary>What listeners are told of a record: that something happened and to what, and where it stands. The rest is asked for.</summary>
/// <param name="Topic"><c>ticket</c>, <c>agent</c> or <c>policy</c>.</param>
/// <param name="Subject">Id of the ticket or agent, hash of the policy.</param>
internal sealed record LedgerEvent(long Position, string Topic, string Subject, string Kind, DateTimeOffset At)
{
    /// <summary>Null for what nobody has to be told: plain calls, and tries that changed nothing.</summary>
    public static LedgerEvent? Of(Entry entry)
    {
        var record = entry.Record;
        (string Topic, string? Subject) about = record.Kind switch
        {
            RecordKind.VoteRefused or RecordKind.Refused => ("", null),
            RecordKind.PolicyLoaded or RecordKind.PolicyRefused => ("policy", record.Policy),
            RecordKind.AgentSuspended or RecordKind.AgentResumed or RecordKind.KeyCreated or RecordKind.KeyRotated or RecordKind.KeyRevoked =>
                ("agent", record.Agent?.Id),
            _ => ("ticket", record.Ticket),
        };
        return about.Subject is { } subject ? new(entry.Position.Number, about.Topic, subject, record.Kind, entry.StoredAt) : null;
    }
}
