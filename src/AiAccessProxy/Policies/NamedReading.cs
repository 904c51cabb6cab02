using AiAccessProxy.Actions;

namespace AiAccessProxy.Policies;

/// <summary>A field that a rule names, and what stands there in this action.</summary>
internal sealed record NamedReading(FieldPath Field, FieldReading Reading);
