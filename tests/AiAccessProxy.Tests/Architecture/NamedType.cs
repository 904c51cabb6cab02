namespace AiAccessProxy.Tests.Architecture;

/// <summary>An outermost type as the metadata names it.</summary>
internal readonly record struct NamedType(string Assembly, string Namespace, string Name)
{
    private const string Product = "AiAccessProxy";

    /// <summary>The first folder of the product that its namespace names: <c>Ledger</c> for <c>AiAccessProxy.Ledger.Embedded</c>; null outside the product.</summary>
    public string? Room => Namespace.StartsWith(Product + ".", StringComparison.Ordinal) ? Namespace.Split('.')[1] : null;

    /// <summary>Made by the compiler or by a generator of the framework, in no room of ours.</summary>
    public bool IsGenerated =>
        Name.StartsWith('<') || Namespace.StartsWith("System.", StringComparison.Ordinal) || Namespace.StartsWith("Microsoft.", StringComparison.Ordinal);

    public override string ToString() => Namespace.Length == 0 ? Name : $"{Namespace}.{Name}";
}
