namespace AiAccessProxy.Actions.Bodies;

/// <summary>Finds a field in a form.</summary>
internal static class FormWalk
{
    /// <summary>
    /// Fails closed: a field that is there in another spelling too, that is a file, whose value is empty (absent to many frameworks), would
    /// decode once more or holds wide letters is unreadable; where it stands is told all the same, so that it can be spared.
    /// </summary>
    public static FieldReading Read(BodyFacts.Form form, FieldPath field)
    {
        var name = field.Steps[0].Name!;
        var found = form.Fields.Where(one => one.Name == name || FormNames.MayBeOne(one.Name, name)).ToList();
        if (found.Count == 0) return new FieldReading.Absent();

        FieldValue[] values =
            [.. found.Select(one => new FieldValue(FieldSource.Form, new JsonNodeFact.Text(one.Start, one.Length, one.TextIn(form.Document))))];
        var why = found.Exists(one => one.Name != name) ? $"{field} stands there in another spelling than '{name}'"
            : found.Exists(one => one.Value == FormValue.File) ? $"{field} is a file"
            : found.Exists(one => one.Length == 0) ? $"{field} is empty, which some take for absent"
            : values.Any(value => IsUnsettled(((JsonNodeFact.Text)value.Json).Value)) ? $"{field} holds escapes or wide letters that some servers read as others"
            : null;
        return why is null ? new FieldReading.Present(values) : new FieldReading.Unreadable(why) { Places = values };
    }

    private static bool IsUnsettled(string value) => FormEscapes.Again(value) != value
        || value.AsSpan().ContainsAnyInRange('\uff10', '\uff19') || value.AsSpan().ContainsAnyInRange('\uff21', '\uff3a') || value.AsSpan().ContainsAnyInRange('\uff41', '\uff5a');
}
