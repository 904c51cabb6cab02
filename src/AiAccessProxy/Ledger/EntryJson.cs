using System.Globalization;
using System.Text.Json.Nodes;

namespace AiAccessProxy.Ledger;

/// <summary>One entry as one line of JSON: the record as it is kept, with its position and the store's time. Pure ASCII, so it is safe to look at.</summary>
internal static class EntryJson
{
    public static string Of(Entry entry)
    {
        var record = JsonNode.Parse(RecordJson.Write(entry.Record))!.AsObject();
        record.Insert(0, "position", entry.Position.Number);
        record.Insert(1, "stored_at", entry.StoredAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        return record.ToJsonString();
    }
}
