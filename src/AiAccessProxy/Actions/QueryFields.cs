using System.Buffers;
using System.Text;

namespace AiAccessProxy.Actions;

/// <summary>
/// Reads a parameter of the query. Servers differ in where one ends (<c>;</c>), in what its name is (<c>force[]</c>, <c>FORCE</c>, in PHP
/// <c>for.ce</c> for <c>for_ce</c>) and in when they decode. Whenever one of them would read another value, or any where none is read here,
/// it cannot be told what stands there.
/// </summary>
internal static class QueryFields
{
    private static readonly char[] Separators = ['&', ';', '#'];
    private static readonly char[] SeparatorsOfNames = [.. Separators, '?'];

    // Without these, servers can differ in names alone.
    private static readonly SearchValues<char> Telling = SearchValues.Create("%;?");

    public static FieldReading Read(CanonicalTarget target, FieldPath field)
    {
        var name = field.Steps[0].Name!;
        var values = new List<FieldValue>();
        foreach (var parameter in target.Query)
        {
            if (parameter.Name == name)
                values.Add(new(FieldSource.Query, Value(parameter)));
            else if (QueryName.AreAlike(parameter.Name, name))
                return new FieldReading.Unreadable($"{field} stands there under a name that some servers take for '{name}'");
        }

        if (target.Query.Count > 0 && IsReadOtherwise(target, name))
            return new FieldReading.Unreadable($"some servers take the query apart in another way, and read another {field}");
        return values.Count == 0 ? new FieldReading.Absent() : new FieldReading.Present(values);
    }

    private static JsonNodeFact Value(QueryParameter parameter) => parameter.IsBare
        ? new JsonNodeFact.Null(parameter.ValueStart, parameter.ValueLength)
        : new JsonNodeFact.Text(parameter.ValueStart, parameter.ValueLength, parameter.Value);

    private static bool IsReadOtherwise(CanonicalTarget target, string name)
    {
        var query = target.Raw.AsSpan(target.Raw.IndexOf('?') + 1);
        if (!query.ContainsAny(Telling)) return false;

        var literal = target.Query.Where(parameter => parameter.Name == name).Select(parameter => parameter.Value).ToList();
        var spaced = query.ToString().Replace('+', ' ');
        var once = PercentText.DecodeLeniently(spaced);
        var twice = PercentText.DecodeLeniently(once);
        var replaced = literal.Select(CompatibleText.Replaced).ToList();
        return new[] { spaced, once, twice }.Distinct(StringComparer.Ordinal).Any(text =>
            !Values(text, Separators, name).SequenceEqual(literal)
            || Values(text, SeparatorsOfNames, name).Count() != literal.Count
            || !Values(CompatibleText.Replaced(text), Separators, name).Select(CompatibleText.Replaced).SequenceEqual(replaced));
    }

    /// <summary>What a server reads that splits first and decodes then, whatever was decoded before.</summary>
    private static IEnumerable<string> Values(string query, char[] separators, string name) => query.Split(separators)
        .Select(part => part.Split('=', 2))
        .Where(part => QueryName.AreAlike(PercentText.DecodeLeniently(part[0]), name))
        .Select(part => part.Length > 1 ? PercentText.DecodeLeniently(part[1]) : "");
}
