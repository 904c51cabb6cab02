namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>A list or text that says something when it is empty; every other is refused then.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MayBeEmptyAttribute : Attribute;
