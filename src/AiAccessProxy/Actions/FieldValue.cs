namespace AiAccessProxy.Actions;

/// <summary>
/// One value of a field: its JSON form (texts of a path, query, header or form are <see cref="JsonNodeFact.Text"/>), whose span is counted in the
/// part of the request that <see cref="Source"/> names: the body's document, the target's, or the header's value.
/// </summary>
internal readonly record struct FieldValue(FieldSource Source, JsonNodeFact Json)
{
    /// <summary>How a text of a path is compared; null for all else.</summary>
    public SegmentText? Spelling { get; init; }

    /// <summary>Whether this, a text, is <paramref name="written"/>.</summary>
    public Sameness Compare(string written) => Json is not JsonNodeFact.Text text ? Sameness.Different
        : Spelling is { } spelling ? spelling.Compare(written, text.Value)
        : Source == FieldSource.Query ? QueryText.Compare(written, text.Value)
        : string.Equals(written, text.Value, StringComparison.Ordinal) ? Sameness.Same : Sameness.Different;

    /// <summary>
    /// It was read out of JSON that a text of the call holds: it has JSON's types wherever the text stood, and its span is that of the whole text.
    /// </summary>
    public bool IsWithinText { get; init; }

    /// <summary>Texts of a path, query, header or form are read as what they are compared with; those of JSON are texts.</summary>
    public bool HasType => IsWithinText || Source == FieldSource.Body;
}
