using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>A condition on a field. Absent: false, except under exists: false.</summary>
internal sealed record WhereShape
{
    [Description("body.amount, form.Action, query.force, header.x-env, path.name.")]
    public required string Field { get; init; }

    [Description("The field is a text that holds JSON, and this is a place in it: Statement.*.Action.")]
    public string? Json { get; init; }

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

    public bool? Exists { get; init; }

    [Description("One of the values meets this.")]
    public OperatorShape? Any { get; init; }

    [Description("There are values, and each meets this.")]
    public OperatorShape? All { get; init; }
}
