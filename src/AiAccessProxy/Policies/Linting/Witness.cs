using System.Text.Json.Nodes;
using AiAccessProxy.Actions;
using AiAccessProxy.Policies.Trials;

namespace AiAccessProxy.Policies.Linting;

/// <summary>A call made up from what a rule says, to see what the policy does with it and with other spellings of it.</summary>
internal sealed record Witness(string Method, string Path)
{
    /// <summary>Fields by name, each as JSON; what is not here is absent.</summary>
    public IReadOnlyDictionary<FieldPath, string> Fields { get; init; } = new Dictionary<FieldPath, string>();

    public IReadOnlyList<HeaderField> Headers { get; init; } = [];

    public Witness With(FieldPath field, string? json)
    {
        var fields = new Dictionary<FieldPath, string>(Fields);
        if (json is null) fields.Remove(field);
        else fields[field] = json;
        return this with { Fields = fields };
    }

    public TrialCall ToCall(Route route, string agent, string? onBehalfOf)
    {
        var query = Pairs.Encoded(Fields.Where(one => one.Key.Source == FieldSource.Query).Select(one => (one.Key.Steps[0].Name!, TextOf(one.Value))));
        var form = Fields.Where(one => one.Key.Source == FieldSource.Form).Select(one => (one.Key.Steps[0].Name!, TextOf(one.Value))).ToList();
        var body = Fields.Where(one => one.Key.Source == FieldSource.Body).ToList();
        return new()
        {
            Agent = agent,
            OnBehalfOf = onBehalfOf,
            Route = route.Id,
            Method = Method,
            Path = query.Length == 0 ? Path : $"{Path}?{query}",
            Headers = [.. Headers, .. Fields.Where(one => one.Key.Source == FieldSource.Header).Select(one => new HeaderField(one.Key.Steps[0].Name!, TextOf(one.Value)))],
            Body = form.Count > 0 ? System.Text.Encoding.UTF8.GetBytes(Pairs.Encoded(form)) : body.Count > 0 ? System.Text.Encoding.UTF8.GetBytes(Document(body)) : null,
            ContentType = form.Count > 0 ? "application/x-www-form-urlencoded" : "application/json",
        };
    }

    public static string TextOf(string json) => JsonNode.Parse(json) is JsonValue value && value.TryGetValue<string>(out var text) ? text : json;

    public static string Document(IEnumerable<KeyValuePair<FieldPath, string>> fields)
    {
        JsonNode? root = null;
        foreach (var (field, json) in fields) root = Put(root, field.Steps, 0, json);
        return root?.ToJsonString() ?? "null";
    }

    private static JsonNode? Put(JsonNode? at, IReadOnlyList<FieldStep> steps, int depth, string json)
    {
        if (depth == steps.Count) return JsonNode.Parse(json);
        if (steps[depth].Name is not { } name)
        {
            var list = at as JsonArray ?? [];
            var item = Put(list.Count > 0 ? list[0]?.DeepClone() : null, steps, depth + 1, json);
            return new JsonArray(item);
        }

        var members = at as JsonObject ?? [];
        members[name] = Put(members[name]?.DeepClone(), steps, depth + 1, json);
        return members;
    }
}
