namespace AiAccessProxy.Actions;

/// <summary>One walk along a field's path through a JSON document.</summary>
internal sealed class JsonWalk(FieldPath field)
{
    private readonly List<FieldValue> _values = [];
    private bool _somewhereMissing;

    public FieldReading Read(JsonNodeFact root)
    {
        if (Visit(root, 0) is { } why) return new FieldReading.Unreadable(why);
        if (_values.Count == 0) return new FieldReading.Absent();
        return _somewhereMissing
            ? new FieldReading.Unreadable($"{field} stands in some items and not in others") { Places = _values }
            : new FieldReading.Present(_values);
    }

    /// <summary>Why it cannot be told what stands there; null when it can.</summary>
    private string? Visit(JsonNodeFact node, int step)
    {
        if (step == field.Steps.Count)
        {
            _values.Add(new(FieldSource.Body, node));
            return null;
        }

        return field.Steps[step].Name is { } name ? VisitMember(node, name, step) : VisitEvery(node, step);
    }

    private string? VisitMember(JsonNodeFact node, string name, int step)
    {
        switch (node)
        {
            case JsonNodeFact.Object found when found.Members.TryGetValue(name, out var member):
                return Visit(member, step + 1);
            case JsonNodeFact.Object other when other.Members.Keys.Any(key => FoldedName.Comparer.Equals(key, name)):
                return $"{field} stands there in another case than '{name}'";
            case JsonNodeFact.Object or JsonNodeFact.Null:
                _somewhereMissing = true;
                return null;
            default:
                return $"{field} leads through {Kind(node)}, which has no member '{name}'";
        }
    }

    private string? VisitEvery(JsonNodeFact node, int step)
    {
        IEnumerable<JsonNodeFact> items = node switch
        {
            JsonNodeFact.Array array => array.Items,
            JsonNodeFact.Object members => members.Members.Values,
            JsonNodeFact.Null => [],
            _ => [node],
        };
        foreach (var item in items)
        {
            if (Visit(item, step + 1) is { } why) return why;
        }

        return null;
    }

    private static string Kind(JsonNodeFact node) => node switch
    {
        JsonNodeFact.Array => "an array",
        JsonNodeFact.Text => "a text",
        JsonNodeFact.Number => "a number",
        _ => "a boolean",
    };
}
