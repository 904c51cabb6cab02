using AiAccessProxy.Ledger;

namespace AiAccessProxy.Control.Reading;

/// <summary>Counts what one agent does. Not safe for several threads.</summary>
internal sealed class AgentDay
{
    /// <summary>More keys than an agent has; what is used beyond is not remembered.</summary>
    private const int MostKeys = 200;

    private const int Minutes = 60;

    private readonly Dictionary<string, DateTimeOffset> _keys = new(StringComparer.Ordinal);
    private readonly (long Minute, long Calls)[] _minutes = new (long, long)[Minutes];
    private (long Allowed, long Denied, long Asked, long Refused) _counts;
    private DateTimeOffset? _last;

    public void Turn() => _counts = default;

    /// <param name="isToday">False for what happened before: only when it was is kept.</param>
    public void Take(LedgerRecord record, DateTimeOffset at, bool isToday)
    {
        // What people do to its tickets bears the agent's name too, and says nothing of when it called.
        if (record.Kind is not (RecordKind.Decided or RecordKind.TicketOpened or RecordKind.TicketExecuting or RecordKind.Refused)) return;
        _last = at;
        if (record.Agent?.Authenticated is { } proof && (_keys.ContainsKey(proof) || _keys.Count < MostKeys)) _keys[proof] = at;

        // The edge to executing belongs to a call that was counted when it opened its ticket.
        if (record.Kind == RecordKind.TicketExecuting) return;
        var minute = MinuteOf(at);
        ref var bucket = ref _minutes[minute % Minutes];
        bucket = (minute, bucket.Minute == minute ? bucket.Calls + 1 : 1);
        if (!isToday) return;
        switch (record)
        {
            case { Kind: RecordKind.Decided, Decision: "allow" }: _counts.Allowed++; break;
            case { Kind: RecordKind.Decided }: _counts.Denied++; break;
            case { Kind: RecordKind.TicketOpened }: _counts.Asked++; break;
            default: _counts.Refused++; break;
        }
    }

    public AgentActivity At(DateTimeOffset now)
    {
        var since = MinuteOf(now) - Minutes;
        return new(
            _counts.Allowed, _counts.Denied, _counts.Asked, _counts.Refused,
            _minutes.Where(bucket => bucket.Minute > since).Sum(bucket => bucket.Calls), _last, new Dictionary<string, DateTimeOffset>(_keys));
    }

    private static long MinuteOf(DateTimeOffset at) => at.UtcTicks / TimeSpan.TicksPerMinute;
}
