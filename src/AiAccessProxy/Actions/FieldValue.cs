namespace AiAccessProxy.Actions;

/// <summary>
/// One value of a field: its JSON form (texts of a path, query or header are <see cref="JsonNodeFact.Text"/>), whose span is counted in the
/// part of the request that <see cref="Source"/> names: the body's bytes, the target's, or the header's value.
/// </summary>
internal readonly record struct FieldValue(FieldSource Source, JsonNodeFact Json);
