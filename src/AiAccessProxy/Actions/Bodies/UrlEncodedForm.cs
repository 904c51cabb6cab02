namespace AiAccessProxy.Actions.Bodies;

/// <summary>Reads <c>application/x-www-form-urlencoded</c> so that every reader of it finds the same fields, or says why that cannot be.</summary>
internal static class UrlEncodedForm
{
    /// <summary>More fields than this are dropped by some frameworks (PHP's <c>max_input_vars</c>) and refused by others.</summary>
    public const int MostFields = 1000;

    public static BodyFacts Read(ReadOnlyMemory<byte> document)
    {
        var bytes = document.Span;
        var fields = new List<FormField>();
        for (var start = 0; start <= bytes.Length;)
        {
            var length = bytes[start..].IndexOf((byte)'&');
            if (length < 0) length = bytes.Length - start;
            if (length > 0)
            {
                var equals = bytes.Slice(start, length).IndexOf((byte)'=');
                var valueAt = equals < 0 ? length : equals + 1;
                if (FormEscapes.Decode(bytes.Slice(start, equals < 0 ? length : equals)) is not { } name
                    || FormEscapes.Decode(bytes.Slice(start + valueAt, length - valueAt)) is not { } value)
                    return new BodyFacts.Unreadable($"the form's field at byte {start + 1} is not escaped as all readers expect it");
                if (FormNames.TellsAnotherCharset(name, value)) return new BodyFacts.Unreadable(FormNames.AnotherCharset);
                if (fields.Count == MostFields) return new BodyFacts.Unreadable($"the form has more than {MostFields} fields");
                fields.Add(new(name, start + valueAt, length - valueAt, FormValue.Escaped));
            }

            start += length + 1;
        }

        return new BodyFacts.Form(document, fields);
    }
}
