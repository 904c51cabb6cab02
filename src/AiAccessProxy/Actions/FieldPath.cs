using System.Diagnostics.CodeAnalysis;

namespace AiAccessProxy.Actions;

/// <summary>
/// The name of a field, one way everywhere: <c>body.items.*.amount</c>, <c>query.force</c>, <c>path.charge</c>,
/// <c>header.x-env</c>, <c>form.Action</c>.
/// A name that holds a dot is quoted: <c>body."a.b"</c>. <c>*</c> is every item or member. <c>body</c> alone is the whole JSON document.
/// </summary>
/// <param name="Text">The one spelling of it: equal paths have equal text.</param>
internal sealed record FieldPath(FieldSource Source, IReadOnlyList<FieldStep> Steps, string Text)
{
    /// <summary>Reads <paramref name="text"/>; <paramref name="error"/> says what is wrong with it and what would be right.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out FieldPath? path, [NotNullWhen(false)] out string? error)
    {
        var reader = new FieldPathReader(text);
        path = reader.Read();
        error = path is null ? reader.Error ?? $"'{text}' names no field" : null;
        return path is not null;
    }

    /// <summary>Reads a place in a JSON document by its steps alone, as they follow <c>body.</c> elsewhere: <c>Statement.*.Action</c>.</summary>
    public static bool TryParseJson(string text, [NotNullWhen(true)] out FieldPath? path, [NotNullWhen(false)] out string? error)
    {
        var reader = new FieldPathReader(text);
        path = reader.ReadJson();
        error = path is null ? reader.Error ?? $"'{text}' names no place" : null;
        return path is not null;
    }

    public override string ToString() => Text;

    public bool Equals(FieldPath? other) => other is not null && other.Text == Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);
}
