using System.ComponentModel;
using System.Text.Json;

namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>A call.</summary>
[Schema("""{ "if": { "required": ["body"] }, "then": { "properties": { "form": false, "raw_body": false } } }""")]
[Schema("""{ "if": { "required": ["form"] }, "then": { "properties": { "raw_body": false } } }""")]
[Schema("""{ "if": { "properties": { "path": { "type": "string", "pattern": "[?]" } }, "required": ["path"] }, "then": { "properties": { "query": false } } }""")]
internal sealed record RequestShape
{
    private const string Values = """
        { "additionalProperties": { "anyOf": [
            { "type": ["string", "number", "boolean"] },
            { "type": "array", "minItems": 1, "items": { "type": ["string", "number", "boolean"] } }] } }
        """;

    [Description("Id of the agent.")]
    public required string Agent { get; init; }

    [Pattern(Pattern.PersonInTest)]
    public string? OnBehalfOf { get; init; }

    public required string Method { get; init; }

    [Description("After the route's prefix, as it is sent.")]
    public required string Path { get; init; }

    [Schema(Values)]
    public IReadOnlyDictionary<string, JsonElement>? Query { get; init; }

    [Schema(Values)]
    public IReadOnlyDictionary<string, JsonElement>? Headers { get; init; }

    [Description("Sent as JSON.")]
    public JsonElement? Body { get; init; }

    [Schema(Values)]
    public IReadOnlyDictionary<string, JsonElement>? Form { get; init; }

    [Description("Sent as it is.")]
    [MayBeEmpty]
    public string? RawBody { get; init; }

    public string? Host { get; init; }

    [Pattern(Pattern.Moment)]
    public string? Time { get; init; }
}
