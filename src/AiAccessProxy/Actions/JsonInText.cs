using System.Text;

namespace AiAccessProxy.Actions;

/// <summary>Reads a place in the JSON documents that texts of a call hold, as strictly as a body is read.</summary>
internal static class JsonInText
{
    /// <summary>
    /// What stands at <paramref name="place"/> in each of <paramref name="texts"/>. Fails closed: one that is no text, or no JSON of one
    /// meaning, makes all of it unreadable, and so does a place that some of them have and others have not. Below null nothing stands.
    /// </summary>
    public static FieldReading Read(FieldReading texts, FieldPath place)
    {
        if (texts is not FieldReading.Present present) return texts;
        var values = new List<FieldValue>();
        var somewhereMissing = false;
        foreach (var value in present.Values)
        {
            switch (In(value.Json, place))
            {
                case FieldReading.Absent:
                    somewhereMissing = true;
                    break;
                case FieldReading.Present found:
                    var (start, length) = (value.Json.Start, value.Json.Length);
                    values.AddRange(found.Values.Select(one =>
                        new FieldValue(value.Source, one.Json with { Start = start, Length = length }) { IsWithinText = true }));
                    break;
                case FieldReading.Unreadable unreadable:
                    // Its places are counted within the text, and nobody can cut there.
                    return unreadable with { Places = null };
            }
        }

        if (values.Count == 0) return new FieldReading.Absent();
        return somewhereMissing
            ? new FieldReading.Unreadable($"{place} stands in some of its texts and not in others")
            : new FieldReading.Present(values);
    }

    private static FieldReading In(JsonNodeFact value, FieldPath place)
    {
        if (value is JsonNodeFact.Null) return new FieldReading.Absent();
        if (value is not JsonNodeFact.Text text) return new FieldReading.Unreadable("what stands there is no text that could hold JSON");
        return StrictJson.RootOf(Encoding.UTF8.GetBytes(text.Value), out _) is { } root
            ? new JsonWalk(place).Read(root)
            : new FieldReading.Unreadable("the text that stands there is no strict JSON");
    }
}
