using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>What is asked of one value.</summary>
[Schema("""{ "minProperties": 1 }""")]
internal record OperatorShape
{
    private const string NoReference = "\"not\": { \"type\": \"string\", \"pattern\": \"" + Pattern.NoReference + "\" }";
    private const string Text = "{ \"type\": \"string\", " + NoReference + " }";

    [Description("Equal to this; a number, a text, true, false or null.")]
    [Schema("{ \"type\": [\"string\", \"number\", \"boolean\", \"null\"], " + NoReference + " }")]
    [JsonPropertyName("equals")]
    public JsonElement? EqualTo { get; init; }

    [Schema("{ \"anyOf\": [{ \"items\": { \"type\": \"string\", " + NoReference + " } }, { \"items\": { \"type\": \"number\" } }, { \"items\": { \"type\": \"boolean\" } }, { \"items\": { \"type\": \"null\" } }] }")]
    public IReadOnlyList<JsonElement>? In { get; init; }

    [Schema(Text)]
    public string? Contains { get; init; }

    [Schema(Text)]
    public string? StartsWith { get; init; }

    [Schema(Text)]
    public string? EndsWith { get; init; }

    [Description("A regular expression that fits the whole text.")]
    [Schema("""{ "maxLength": 1000, "not": { "pattern": "[$][{]" } }""")]
    public string? Matches { get; init; }

    public decimal? Gt { get; init; }

    public decimal? Gte { get; init; }

    public decimal? Lt { get; init; }

    public decimal? Lte { get; init; }
}
