using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>What is asked of one value.</summary>
internal record OperatorShape
{
    [Description("Equal to this; a number, a text, true, false or null.")]
    [JsonPropertyName("equals")]
    public JsonElement? EqualTo { get; init; }

    public IReadOnlyList<JsonElement>? In { get; init; }

    public string? Contains { get; init; }

    public string? StartsWith { get; init; }

    public string? EndsWith { get; init; }

    [Description("A regular expression that fits the whole text.")]
    public string? Matches { get; init; }

    public decimal? Gt { get; init; }

    public decimal? Gte { get; init; }

    public decimal? Lt { get; init; }

    public decimal? Lte { get; init; }
}
