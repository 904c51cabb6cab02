using AiAccessProxy.Ledger;

namespace AiAccessProxy.Control.Stories;

/// <summary>Everything that the ledger says of one ticket, oldest first. Immutable, so that a page can read it while the next record comes.</summary>
internal sealed record Story(string Ticket, IReadOnlyList<LedgerRecord> Records)
{
    /// <summary>Refusals that a story keeps: people and agents may try as often as they like.</summary>
    private const int MaxRefused = 50;

    private static readonly string[] Ends =
    [
        RecordKind.TicketDenied, RecordKind.TicketExpired, RecordKind.TicketLapsed, RecordKind.TicketCancelled,
        RecordKind.CallExecuted, RecordKind.CallFailed, RecordKind.CallUnknown,
    ];

    public LedgerRecord? Opening => Records.FirstOrDefault(record => record.Kind == RecordKind.TicketOpened);

    /// <summary>The record that ended it; null while it lives.</summary>
    public LedgerRecord? Ending => Records.LastOrDefault(record => Ends.Contains(record.Kind));

    public Story With(LedgerRecord record) =>
        IsRefusal(record) && Records.Count(IsRefusal) >= MaxRefused ? this : this with { Records = [.. Records, record] };

    private static bool IsRefusal(LedgerRecord record) => record.Kind is RecordKind.VoteRefused or RecordKind.Refused;
}
