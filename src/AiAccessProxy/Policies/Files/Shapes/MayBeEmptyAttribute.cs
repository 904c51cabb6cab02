namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>A list that says something when it is empty; every other is refused then.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MayBeEmptyAttribute : Attribute;
