using System.Text.Json;

namespace AiAccessProxy.Tests.Policies.Generated;

/// <summary>
/// Reads fields the slow and simple way: a document, a list of values at each step. Null stands for "it cannot be told", an empty list for
/// absent; a text without a type is a string, a value of a body a JsonElement.
/// </summary>
internal static class NaiveFields
{
    public static List<object>? Read(DrawnCall call, IReadOnlyList<string> patterns, string field, string? json)
    {
        var values = Read(call, patterns, field);
        if (json is null || values is null) return values;
        var inner = values.Select(value => InText(value, json.Split('.'))).ToList();
        var isSomewhere = inner.Any(one => one is { Count: > 0 });
        return inner.Contains(null) || (isSomewhere && inner.Any(one => one is { Count: 0 })) ? null : [.. inner.SelectMany(one => one!)];
    }

    private static List<object>? Read(DrawnCall call, IReadOnlyList<string> patterns, string field)
    {
        var name = field[(field.IndexOf('.', StringComparison.Ordinal) + 1)..];
        switch (field.Split('.')[0])
        {
            case "query":
                return call.Query.Any(one => one.Name != name && one.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                    ? null
                    : [.. call.Query.Where(one => one.Name == name).Select(one => one.Value)];
            case "header":
                var lines = call.Headers.Where(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(one => one.Value).ToList();
                return lines.Contains("") ? null : [.. lines.SelectMany(line => line.Split(',', StringSplitOptions.TrimEntries))];
            case "path":
                return [.. patterns.Select(pattern => NaivePaths.Variable(pattern, call.Path)).Where(found => found is not null).Distinct()
                    .Select(found => found!.Value.Value)];
            case "form":
                if (!call.IsReadable) return null;
                if (string.IsNullOrEmpty(call.Body)) return [];
                var found = call.Form?.Where(one => one.Name.Split('[')[0].Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
                // Another spelling of the name, a value that some take for absent, one that would decode once more.
                return found is null || found.Any(one => one.Name != name || one.Value.Length == 0 || one.Value.Contains('%')) ? null : [.. found.Select(one => one.Value)];
            default:
                if (!call.IsReadable || call.Form is not null) return null;
                return string.IsNullOrEmpty(call.Body) ? [] : InBody(JsonDocument.Parse(call.Body).RootElement, name.Split('.'));
        }
    }

    private static List<object>? InText(object value, string[] steps)
    {
        if (value is JsonElement { ValueKind: JsonValueKind.Null }) return [];
        if ((value as string ?? (value is JsonElement { ValueKind: JsonValueKind.String } json ? json.GetString() : null)) is not { } text) return null;
        try
        {
            var root = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false }).RootElement;
            return IsOneInAnyCase(root) ? InBody(root, steps) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsOneInAnyCase(JsonElement node) => node.ValueKind switch
    {
        JsonValueKind.Array => node.EnumerateArray().All(IsOneInAnyCase),
        JsonValueKind.Object => node.EnumerateObject().Select(member => member.Name.ToLowerInvariant()).Distinct().Count() == node.EnumerateObject().Count()
            && node.EnumerateObject().All(member => IsOneInAnyCase(member.Value)),
        _ => true,
    };

    private static List<object>? InBody(JsonElement root, string[] steps)
    {
        List<JsonElement> here = [root];
        var missing = false;
        foreach (var step in steps)
        {
            List<JsonElement> next = [];
            foreach (var node in here)
            {
                if (step == "*")
                {
                    next.AddRange(node.ValueKind switch
                    {
                        JsonValueKind.Array => node.EnumerateArray(),
                        JsonValueKind.Object => node.EnumerateObject().Select(member => member.Value),
                        JsonValueKind.Null => [],
                        _ => [node],
                    });
                }
                else if (node.ValueKind == JsonValueKind.Null)
                {
                    missing = true;
                }
                else if (node.ValueKind != JsonValueKind.Object)
                {
                    return null;
                }
                else if (node.TryGetProperty(step, out var member))
                {
                    next.Add(member);
                }
                else if (node.EnumerateObject().Any(other => other.Name.Equals(step, StringComparison.OrdinalIgnoreCase)))
                {
                    return null;
                }
                else
                {
                    missing = true;
                }
            }

            here = next;
        }

        return missing && here.Count > 0 ? null : [.. here.Cast<object>()];
    }
}
