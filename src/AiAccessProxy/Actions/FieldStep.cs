namespace AiAccessProxy.Actions;

/// <summary>One step of a <see cref="FieldPath"/>: a name, or every item or member when <see cref="Name"/> is null.</summary>
internal readonly record struct FieldStep(string? Name)
{
    public bool IsEvery => Name is null;
}
