namespace AiAccessProxy.Actions;

/// <summary>
/// The name of a field, one way everywhere: <c>body.items.*.amount</c>, <c>query.force</c>, <c>path.charge</c>, <c>header.x-env</c>.
/// A name that holds a dot is quoted: <c>body."a.b"</c>. <c>*</c> is every item or member.
/// </summary>
internal sealed record FieldPath(FieldSource Source, IReadOnlyList<FieldStep> Steps, string Text)
{
    public override string ToString() => Text;

    public bool Equals(FieldPath? other) => other is not null && other.Text == Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);
}
