using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiAccessProxy.Ledger;

/// <summary>A record as JSON that a person can read: snake_case names, no nulls, no line breaks.</summary>
internal static class RecordJson
{
    /// <summary>The longest record that is kept, in bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    // Nothing here is ever put into HTML as it stands; escaping "&" would only make targets unreadable.
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Write(LedgerRecord record)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(record, Options);
        return bytes.Length <= MaxBytes
            ? bytes
            : throw new ArgumentException($"A record of {bytes.Length} bytes is longer than the {MaxBytes} that the ledger keeps.", nameof(record));
    }

    /// <exception cref="JsonException">These bytes are no record.</exception>
    public static LedgerRecord Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<LedgerRecord>(json, Options) ?? throw new JsonException("A record is an object, not null.");
}
