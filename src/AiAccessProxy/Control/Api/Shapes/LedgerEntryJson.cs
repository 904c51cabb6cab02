using System.Text.Json;
using System.Text.Json.Serialization;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Control.Api.Shapes;

/// <summary>A record of the ledger as it is kept, with its position and the store's time.</summary>
[JsonConverter(typeof(Raw))]
internal sealed record LedgerEntryJson(Entry Entry)
{
    private sealed class Raw : JsonConverter<LedgerEntryJson>
    {
        public override LedgerEntryJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Entries are written only.");

        public override void Write(Utf8JsonWriter writer, LedgerEntryJson value, JsonSerializerOptions options) =>
            writer.WriteRawValue(EntryJson.Of(value.Entry));
    }
}
