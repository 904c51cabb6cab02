namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>Keywords of JSON schema that a type or property has beside those that its .NET type gives it. Those of a type are one more condition.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class, AllowMultiple = true)]
internal sealed class SchemaAttribute(string json) : Attribute
{
    public string Json => json;
}
