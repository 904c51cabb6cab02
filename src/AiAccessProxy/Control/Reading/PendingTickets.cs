using System.Collections.Concurrent;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Control.Reading;

/// <summary>The tickets that wait for people, by the ledger's records: when each was opened, and its risk.</summary>
internal sealed class PendingTickets
{
    private readonly ConcurrentDictionary<string, (DateTimeOffset Opened, string Risk)> _pending = new(StringComparer.Ordinal);

    public IEnumerable<(DateTimeOffset Opened, string Risk)> All => _pending.Values;

    /// <summary>Called for every entry in order.</summary>
    public void Take(Entry entry)
    {
        var record = entry.Record;
        if (record.Ticket is not { } ticket) return;
        if (record.Kind == RecordKind.TicketOpened) _pending[ticket] = (record.Time, record.Action?.Risk ?? "none");
        else if (record.Kind is RecordKind.TicketApproved or RecordKind.TicketDenied or RecordKind.TicketExpired or RecordKind.TicketCancelled)
            _pending.TryRemove(ticket, out _);
    }
}
