using System.Text;
using System.Text.Json;
using AiAccessProxy.Actions;

namespace AiAccessProxy.Policies.Trials;

/// <summary>A call as JSON describes it, member by member as a test in a policy file does.</summary>
/// <param name="Path">After the prefix of <see cref="Route"/> where that is named; whole, as an agent sends it, where it is not.</param>
internal sealed record CallDescription(string Agent, string Method, string Path)
{
    public string? OnBehalfOf { get; init; }

    public string? Route { get; init; }

    public IReadOnlyDictionary<string, JsonElement>? Query { get; init; }

    public IReadOnlyDictionary<string, JsonElement>? Headers { get; init; }

    /// <summary>Sent as the JSON that it is, byte for byte.</summary>
    public JsonElement? Body { get; init; }

    public IReadOnlyDictionary<string, JsonElement>? Form { get; init; }

    /// <summary>Sent as it is.</summary>
    public string? RawBody { get; init; }

    public string? Host { get; init; }

    public DateTimeOffset? Time { get; init; }

    /// <summary>The call; null, and what is wrong with its description, when it describes none.</summary>
    public TrialCall? ToCall(out string wrong)
    {
        wrong = Wrong() ?? "";
        if (wrong.Length > 0) return null;
        return new()
        {
            Agent = Agent,
            OnBehalfOf = OnBehalfOf?.Split(':', 2)[1],
            Method = Method,
            Path = Query is { Count: > 0 } ? $"{Path}?{Pairs.Encoded(Of(Query))}" : Path,
            Route = Route,
            Host = Host,
            Headers = [.. Of(Headers).Select(pair => new HeaderField(pair.Name, pair.Value))],
            Body = Body is { } body ? Encoding.UTF8.GetBytes(body.GetRawText())
                : Form is not null ? Encoding.UTF8.GetBytes(Pairs.Encoded(Of(Form)))
                : RawBody is not null ? Encoding.UTF8.GetBytes(RawBody)
                : null,
            ContentType = Body is not null ? "application/json" : Form is not null ? "application/x-www-form-urlencoded" : null,
            Time = Time,
        };
    }

    private string? Wrong()
    {
        if (OnBehalfOf is not null && OnBehalfOf.Split(':', 2) is not ["person", { Length: > 0 }]) return "Write on_behalf_of as person: and an id, as in person:ada.";
        if (Query is { Count: > 0 } && Path.Contains('?', StringComparison.Ordinal)) return "Write the query in the path or in query, not in both.";
        if (new object?[] { Body, Form, RawBody }.Count(body => body is not null) > 1) return "Write one of body, form, raw_body.";
        return new[] { Query, Headers, Form }.OfType<IReadOnlyDictionary<string, JsonElement>>().SelectMany(pairs => pairs.Values).All(IsText)
            ? null
            : "Write each value of query, headers and form as a text, a number, a boolean, or a list of those.";
    }

    private static bool IsText(JsonElement value) => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().All(IsScalar) : IsScalar(value);

    private static bool IsScalar(JsonElement value) =>
        value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False || (value.ValueKind == JsonValueKind.String && IsWhole(value));

    /// <summary>Half a character as an escape (<c>\ud800</c>) passes the parser and fails when it is read.</summary>
    private static bool IsWhole(JsonElement text)
    {
        try
        {
            return text.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static IEnumerable<(string Name, string Value)> Of(IReadOnlyDictionary<string, JsonElement>? pairs) => (pairs ?? new Dictionary<string, JsonElement>())
        .SelectMany(pair => pair.Value.ValueKind == JsonValueKind.Array ? pair.Value.EnumerateArray().Select(one => (pair.Key, Text(one))) : [(pair.Key, Text(pair.Value))]);

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
