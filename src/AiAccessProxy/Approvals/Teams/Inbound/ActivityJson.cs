using System.Text.Json;

namespace AiAccessProxy.Approvals.Teams.Inbound;

/// <summary>An activity, or an object in it, by the names of its members.</summary>
internal readonly record struct ActivityJson(JsonElement Members)
{
    /// <summary>A text that is not empty; null for anything else.</summary>
    public string? Text(string name) => Find(name) is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 } read ? read : null;

    /// <summary>Null for anything but an object.</summary>
    public ActivityJson? Object(string name) => Find(name) is { ValueKind: JsonValueKind.Object } found ? new ActivityJson(found) : null;

    /// <summary>The objects of a list; whatever else is in it is passed over.</summary>
    public IEnumerable<ActivityJson> Objects(string name) => Find(name) is { ValueKind: JsonValueKind.Array } list
        ? list.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.Object).Select(one => new ActivityJson(one))
        : [];

    public bool Has(string name) => Find(name) is not null;

    private JsonElement? Find(string name) => Members.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
