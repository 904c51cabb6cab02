using System.Text.Json;
using System.Text.RegularExpressions;

namespace AiAccessProxy.Tests.Policies.Files;

/// <summary>As much of JSON Schema 2020-12 as the schema of the policy files uses; a keyword beyond that is an error.</summary>
internal sealed class JsonSchema(JsonElement root)
{
    public bool Accepts(JsonElement value) => Accepts(root, value);

    private bool Accepts(JsonElement schema, JsonElement value) =>
        schema.ValueKind == JsonValueKind.True || schema.ValueKind == JsonValueKind.Object && schema.EnumerateObject().All(keyword => Accepts(schema, keyword, value));

    private bool Accepts(JsonElement schema, JsonProperty keyword, JsonElement value) => keyword.Name switch
    {
        "$schema" or "$defs" or "title" or "description" or "then" => true,
        "properties" => Properties(schema, value),
        "$ref" => Accepts(Target(keyword.Value.GetString()!), value),
        "allOf" => keyword.Value.EnumerateArray().All(one => Accepts(one, value)),
        "oneOf" => keyword.Value.EnumerateArray().Count(one => Accepts(one, value)) == 1,
        "not" => !Accepts(keyword.Value, value),
        "if" => !Accepts(keyword.Value, value) || Accepts(schema.GetProperty("then"), value),
        "const" => JsonElement.DeepEquals(keyword.Value, value),
        "anyOf" => keyword.Value.EnumerateArray().Any(one => Accepts(one, value)),
        "type" => keyword.Value.ValueKind == JsonValueKind.Array ? keyword.Value.EnumerateArray().Any(type => Is(type, value)) : Is(keyword.Value, value),
        "enum" => keyword.Value.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)),
        "required" => value.ValueKind != JsonValueKind.Object || keyword.Value.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
        "items" => value.ValueKind != JsonValueKind.Array || value.EnumerateArray().All(item => Accepts(keyword.Value, item)),
        "maxItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() <= keyword.Value.GetInt32(),
        "minProperties" => value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Count() >= keyword.Value.GetInt32(),
        "minLength" => value.ValueKind != JsonValueKind.String || value.GetString()!.EnumerateRunes().Count() >= keyword.Value.GetInt32(),
        "maxLength" => value.ValueKind != JsonValueKind.String || value.GetString()!.EnumerateRunes().Count() <= keyword.Value.GetInt32(),
        "minimum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() >= keyword.Value.GetDouble(),
        "maximum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() <= keyword.Value.GetDouble(),
        "propertyNames" => value.ValueKind != JsonValueKind.Object || value.EnumerateObject().All(member => Accepts(keyword.Value, JsonSerializer.SerializeToElement(member.Name))),
        "minItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= keyword.Value.GetInt32(),
        "pattern" => value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, keyword.Value.GetString()!, RegexOptions.None),
        "additionalProperties" => value.ValueKind != JsonValueKind.Object || value.EnumerateObject().All(member => IsNamed(schema, member.Name) || Accepts(keyword.Value, member.Value)),
        _ => throw new NotSupportedException(keyword.Name),
    };

    private bool Properties(JsonElement schema, JsonElement value) => value.ValueKind != JsonValueKind.Object || schema.GetProperty("properties").EnumerateObject()
        .All(property => !value.TryGetProperty(property.Name, out var member) || Accepts(property.Value, member));

    private static bool IsNamed(JsonElement schema, string name) => schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(name, out _);

    private static bool Is(JsonElement type, JsonElement value) => type.GetString() switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "null" => value.ValueKind == JsonValueKind.Null,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        var other => throw new NotSupportedException(other),
    };

    private JsonElement Target(string reference) =>
        reference[2..].Split('/').Aggregate(root, (at, step) => at.ValueKind == JsonValueKind.Array ? at[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)] : at.GetProperty(step));
}
