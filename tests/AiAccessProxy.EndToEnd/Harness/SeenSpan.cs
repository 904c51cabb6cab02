using System.Text.Json.Serialization;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>A stretch of a part: text, or a redacted field when <see cref="Field"/> is set.</summary>
internal sealed record SeenSpan(
    [property: JsonPropertyName("text")] string Text,
    [property: JsonPropertyName("field")] string? Field,
    [property: JsonPropertyName("length")] int Length,
    [property: JsonPropertyName("sha256")] string? Sha256);
