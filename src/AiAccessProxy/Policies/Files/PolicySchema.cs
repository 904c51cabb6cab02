using System.Collections;
using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AiAccessProxy.Policies.Files.Shapes;

namespace AiAccessProxy.Policies.Files;

/// <summary>
/// The JSON schema (2020-12) of the policy files, for editors: made from the shapes by the framework's exporter. It knows keys, words and
/// forms; what refers to something else is for <c>policy check</c> to judge.
/// </summary>
internal static class PolicySchema
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>As <c>policies/policy.schema.json</c> has it.</summary>
    public static string Text()
    {
        var kinds = new (string Name, Type Shape)[] { ("route", typeof(RouteShape)), ("global", typeof(GlobalShape)), ("agents", typeof(AgentsShape)), ("people", typeof(PeopleShape)) };
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "A policy file of AiAccessProxy",
            ["anyOf"] = new JsonArray([.. kinds.Select(kind => new JsonObject { ["$ref"] = $"#/$defs/{kind.Name}" })]),
            ["$defs"] = new JsonObject(kinds.Select(kind => KeyValuePair.Create(kind.Name, (JsonNode?)Of(kind.Shape, kind.Name)))),
        };
        return schema.ToJsonString(Written) + "\n";
    }

    private static JsonNode Of(Type shape, string name)
    {
        var schema = Options.GetJsonSchemaAsNode(shape, new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform });
        Move(schema, $"#/$defs/{name}");
        return schema;
    }

    /// <summary>References of the exporter begin where it began.</summary>
    private static void Move(JsonNode? node, string to)
    {
        if (node is JsonArray list)
            foreach (var item in list) Move(item, to);
        if (node is not JsonObject members) return;
        foreach (var (key, value) in members.ToList())
        {
            if (key == "$ref" && value is JsonValue written) members[key] = to + written.GetValue<string>()[1..];
            else Move(value, to);
        }
    }

    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode node)
    {
        var schema = node as JsonObject ?? [];
        WithoutNull(schema);
        if (context.TypeInfo.Type == typeof(string)) schema["type"] = new JsonArray("string", "number", "boolean");
        // A reference is to the same property where it stood first, with all that its attributes say.
        if (schema.ContainsKey("$ref")) return schema;

        foreach (var condition in AllOf<SchemaAttribute>(context.TypeInfo.Type)) Also(schema, condition.Json);
        if (context.PropertyInfo is { AttributeProvider: { } attributes }) OfProperty(schema, attributes);
        else NotEmpty(schema);
        return schema.Count > 0 ? schema : JsonValue.Create(true);
    }

    private static void OfProperty(JsonObject schema, ICustomAttributeProvider attributes)
    {
        var each = schema["items"] as JsonObject ?? schema;
        if (Of<PatternAttribute>(attributes) is { } pattern) (each["type"], each["pattern"]) = ("string", pattern.Regex);
        if (Of<SpanAttribute>(attributes) is { } span) (each["type"], each["pattern"]) = ("string", span.Regex);
        if (Of<SizeAttribute>(attributes) is { } size)
            (each["type"], each["pattern"], each["minimum"], each["maximum"]) = (new JsonArray("string", "integer"), size.Regex, 1, size.Most);
        if (Of<WordsAttribute>(attributes) is { } words)
        {
            each.Remove("type");
            each["enum"] = new JsonArray([.. Words(words.Table).SelectMany(Spelt)]);
        }

        foreach (var name in Of<WithoutAttribute>(attributes)?.Names ?? []) Remove(each, name.Split('='));
        if (Of<MayBeEmptyAttribute>(attributes) is null) NotEmpty(schema);
        foreach (var keyword in AllOf<SchemaAttribute>(attributes).SelectMany(one => JsonNode.Parse(one.Json)!.AsObject().ToList())) schema[keyword.Key] = keyword.Value?.DeepClone();
        if (Of<DescriptionAttribute>(attributes) is { } description) schema["description"] = description.Description;
    }

    /// <summary>One more condition; several may speak of the same keyword.</summary>
    private static void Also(JsonObject schema, string condition)
    {
        if (schema["allOf"] is not JsonArray all) schema["allOf"] = all = [];
        all.Add(JsonNode.Parse(condition));
    }

    private static void NotEmpty(JsonObject schema)
    {
        if (schema["type"] is JsonValue kind && kind.GetValue<string>() == "array") schema["minItems"] = 1;
        foreach (var text in new[] { schema, schema["items"] as JsonObject }.OfType<JsonObject>().Where(text => MayBeText(text) && !text.ContainsKey("pattern")))
            text["minLength"] = 1;
    }

    private static bool MayBeText(JsonObject schema) =>
        schema["type"] is JsonArray types ? types.Any(type => type!.GetValue<string>() == "string") : schema["type"]?.GetValue<string>() == "string";

    private static void Remove(JsonObject each, string[] name)
    {
        var properties = each["properties"]!.AsObject();
        if (name is [var key, var word]) properties[key]!["enum"] = new JsonArray([.. properties[key]!["enum"]!.AsArray().Where(one => one!.GetValue<string>() != word).Select(one => one!.DeepClone())]);
        else properties.Remove(name[0]);
    }

    private static void WithoutNull(JsonObject schema)
    {
        if (schema["type"] is JsonArray types)
        {
            var kept = types.Select(type => type!.GetValue<string>()).Where(type => type != "null").ToList();
            schema["type"] = kept is [var only] ? only : new JsonArray([.. kept.Select(type => JsonValue.Create(type))]);
        }

        if (schema["enum"] is JsonArray words)
            schema["enum"] = new JsonArray([.. words.Where(word => word is not null).Select(word => word!.DeepClone())]);
    }

    private static IEnumerable<string> Words(string table) =>
        typeof(Words).GetProperty(table, BindingFlags.Static | BindingFlags.Public)?.GetValue(null) is IEnumerable words
            ? ((IEnumerable<string>)words.GetType().GetProperty("Keys")!.GetValue(words)!)
            : [table];

    /// <summary>A word that reads as a number is written without quotes as well.</summary>
    private static IEnumerable<JsonNode> Spelt(string word) =>
        decimal.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? [JsonValue.Create(word), JsonValue.Create(number)] : [JsonValue.Create(word)];

    private static T? Of<T>(ICustomAttributeProvider attributes)
        where T : Attribute => AllOf<T>(attributes).FirstOrDefault();

    private static IEnumerable<T> AllOf<T>(ICustomAttributeProvider attributes)
        where T : Attribute => attributes.GetCustomAttributes(typeof(T), inherit: false).OfType<T>();
}
