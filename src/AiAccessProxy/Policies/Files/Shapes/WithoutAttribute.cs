namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>Keys, and words of keys (<c>effect=allow</c>), that items of this list do not take although others of their type do.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WithoutAttribute(params string[] names) : Attribute
{
    public IReadOnlyList<string> Names => names;
}
