using System.Text.Json;

namespace AiAccessProxy.Actions.Bodies;

/// <summary>JSON as an upstream takes it that forgives nearly everything and stops after the first value.</summary>
internal static class ForgivingJson
{
    private static readonly JsonReaderOptions Forgiving = new()
    {
        AllowTrailingCommas = true,
        AllowMultipleValues = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = 1000,
    };

    public static bool BeginsWithObjectOrArray(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        var reader = new Utf8JsonReader(bytes, Forgiving);
        try
        {
            return reader.Read() && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.TrySkip();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
