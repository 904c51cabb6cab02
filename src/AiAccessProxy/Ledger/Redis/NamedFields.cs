using System.Globalization;
using System.Text;

namespace AiAccessProxy.Ledger.Redis;

/// <summary>The fields beside the record that answer common questions for a person with <c>redis-cli XRANGE</c>. All follow from the record.</summary>
internal static class NamedFields
{
    public static IEnumerable<(string Name, string Value)> Of(LedgerRecord record)
    {
        yield return ("time", record.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        yield return ("kind", record.Kind);
        if (record.Agent is { } agent) yield return ("agent", agent.Id);
        if (record.Rules is { Count: > 0 } rules) yield return ("rule", string.Join(' ', rules));
        if (record.Decision is { } decision) yield return ("decision", decision);
        if (record.Ticket is { } ticket) yield return ("ticket", ticket);
        if (record.Reviewer is { } reviewer) yield return ("reviewer", reviewer.Id);
        if (record.Outcome?.Status is { } status) yield return ("status", status.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Whether what a person reads in the stream is what the record says: no name less, none more.</summary>
    public static bool Agree(StreamEntry entry, LedgerRecord record)
    {
        var named = Of(record).ToList();
        string[] ours = [StreamEntry.StoredField, StreamEntry.RecordField, StreamEntry.MovesField, StreamEntry.SealField];
        return entry.Fields.Keys.Except(ours).Count() == named.Count
            && named.TrueForAll(one => entry.Fields.TryGetValue(one.Name, out var value) && Encoding.UTF8.GetBytes(one.Value).AsSpan().SequenceEqual(value));
    }
}
