using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiAccessProxy.Approvals;

/// <summary>A ticket as the bytes of its register: JSON with snake_case names.</summary>
internal static class TicketState
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        // Never put into HTML as it stands, and a quarter of the size for texts beyond ASCII.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new IdConverter(), new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static byte[] Write(Ticket ticket) => JsonSerializer.SerializeToUtf8Bytes(ticket, Options);

    /// <exception cref="JsonException">These bytes are no ticket.</exception>
    public static Ticket Read(ReadOnlySpan<byte> state) =>
        JsonSerializer.Deserialize<Ticket>(state, Options) ?? throw new JsonException("A ticket is an object, not null.");

    private sealed class IdConverter : JsonConverter<TicketId>
    {
        public override TicketId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetString() ?? throw new JsonException("A ticket's id is text."));

        public override void Write(Utf8JsonWriter writer, TicketId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}
