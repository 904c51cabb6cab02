using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using AiAccessProxy.Control.Api.Shapes;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Control.Api.Describing;

/// <summary>JSON schemas of the types that the API reads and writes, each once, made by the serializer that reads and writes them.</summary>
internal sealed class Schemas
{
    private readonly SortedDictionary<string, JsonNode> _made = new(StringComparer.Ordinal);
    private readonly HashSet<Type> _named = [];

    /// <summary>A reference to the schema of a type, which is made if it was not.</summary>
    public JsonObject Reference(Type type)
    {
        var name = NameOf(type);
        if (_named.Add(type)) _made[name] = Make(type);
        return new() { ["$ref"] = $"#/components/schemas/{name}" };
    }

    public JsonObject All() => new(_made.Select(schema => KeyValuePair.Create(schema.Key, (JsonNode?)schema.Value)));

    private static string NameOf(Type type) =>
        type.Name.EndsWith("Json", StringComparison.Ordinal) ? type.Name[..^4] : type.Name;

    private JsonNode Make(Type type)
    {
        if (type == typeof(object)) return new JsonObject { ["type"] = "object" };
        if (type == typeof(LedgerEntryJson)) return Entry();
        return Ready(ApiJson.Options).GetJsonSchemaAsNode(type, Exporting);
    }

    /// <summary>What a serializer does for itself at its first use.</summary>
    private static JsonSerializerOptions Ready(JsonSerializerOptions options)
    {
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private JsonSchemaExporterOptions Exporting => new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Named };

    /// <summary>A record as the ledger writes it, with where and when it stands there. Members that are null are not written.</summary>
    private static JsonObject Entry()
    {
        var record = Ready(RecordJson.Options).GetJsonSchemaAsNode(typeof(LedgerRecord), new() { TreatNullObliviousAsNonNullable = true }).AsObject();
        record["properties"]!.AsObject().Insert(0, "position", new JsonObject { ["type"] = "integer", ["description"] = "From 1, without gaps." });
        record["properties"]!.AsObject().Insert(1, "stored_at", new JsonObject { ["type"] = "string", ["format"] = "date-time", ["description"] = "The store's clock." });
        record["required"] = new JsonArray([.. record["required"]!.AsArray().Select(name => (JsonNode)name!.GetValue<string>()).Prepend("stored_at").Prepend("position")]);
        record["description"] = "Members that do not apply are left out.";
        LeaveOut(record);
        return record;
    }

    /// <summary>What may be null is not written, so nobody may rely on its being there.</summary>
    private static void LeaveOut(JsonNode? schema)
    {
        if (schema is JsonArray list)
            foreach (var one in list) LeaveOut(one);
        if (schema is not JsonObject members) return;
        if (members["required"] is JsonArray required && members["properties"] is JsonObject properties)
        {
            var written = required.Select(name => name!.GetValue<string>()).Where(name => !MayBeNull(properties[name]));
            members["required"] = new JsonArray([.. written.Select(name => (JsonNode)name)]);
        }

        foreach (var (_, one) in members) LeaveOut(one);
    }

    private static bool MayBeNull(JsonNode? schema) => schema?["type"] is JsonArray types && types.Any(one => one!.GetValue<string>() == "null");

    /// <summary>Types of ours that are objects or words have schemas of their own, by which generated clients name them.</summary>
    private JsonNode Named(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var described = (context.PropertyInfo?.AttributeProvider as MemberInfo)?.GetCustomAttribute<DescriptionAttribute>()?.Description;
        JsonNode node = schema;
        if (type == typeof(LedgerEntryJson)) return Reference(type);
        // What stands inside another type is one of its cases, and is told apart there.
        if (!context.Path.IsEmpty && !type.IsNested && type.Namespace?.StartsWith("AiAccessProxy", StringComparison.Ordinal) == true
            && schema is JsonObject && context.TypeInfo.Kind == JsonTypeInfoKind.Object)
        {
            var reference = Reference(type);
            node = MayBeNull(schema) ? new JsonObject { ["anyOf"] = new JsonArray(reference, new JsonObject { ["type"] = "null" }) } : reference;
        }

        if (described is not null && node is JsonObject members) members["description"] = described;
        return node;
    }
}
