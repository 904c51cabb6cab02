using AiAccessProxy.Actions;
using AiAccessProxy.Policies.Conditions;

namespace AiAccessProxy.Policies.Files;

/// <summary>Reads the operators beside a field.</summary>
internal static class OperatorReader
{
    /// <summary>Operators on one value.</summary>
    public static IReadOnlyList<string> OnOne { get; } = ["equals", "in", "contains", "starts_with", "ends_with", "matches", "gt", "gte", "lt", "lte"];

    public static IReadOnlyList<string> Known { get; } = [.. OnOne, "exists", "any", "all"];

    public static IReadOnlyList<Operator> Read(Section section, FieldPath field, FieldPath? json)
    {
        // What stands in JSON has JSON's types wherever the text that holds it stands.
        var source = json is null ? field.Source : FieldSource.Body;
        var operators = OfOne(section, source);
        if (field.Steps.Concat(json?.Steps ?? []).Any(step => step.IsEvery))
        {
            foreach (var name in OnOne.Where(section.Has))
            {
                section.Report(name, $"{json ?? field} stands for many values, and {name} is asked of one",
                    $"say of how many: any: {{ {name}: … }} or all: {{ {name}: … }}");
            }
        }

        if (section.Word("exists", Words.Flags) is { } expected) operators.Add(new Operator.Exists(expected));
        if (Quantified(section, "any", source) is { } any) operators.Add(new Operator.Any(any));
        if (Quantified(section, "all", source) is { } all) operators.Add(new Operator.All(all));
        return operators;
    }

    private static List<Operator>? Quantified(Section section, string key, FieldSource source)
    {
        if (section.Find(key) is not { } node || Section.Of(section.Source, node, section.Of(key), OnOne) is not { } inner) return null;
        if (!inner.Keys.Any()) section.Report(key, "no operator is written here", $"write one: {string.Join(", ", OnOne)}");
        return OfOne(inner, source);
    }

    private static List<Operator> OfOne(Section section, FieldSource source)
    {
        var operators = new List<Operator>();
        if (section.Find("equals") is { } equals && OperandReader.Read(section.Source, equals, section.Of("equals")) is { } operand)
        {
            CheckNull(section, "equals", source, [operand]);
            operators.Add(new Operator.EqualTo(operand));
        }

        var items = section.Items("in");
        if (items.Count > 0)
        {
            var operands = items.Select(item => OperandReader.Read(section.Source, item.Node, item.Field)).OfType<Operand>().ToList();
            CheckNull(section, "in", source, operands);
            if (operands.Select(one => one.GetType()).Distinct().Count() > 1)
            {
                section.Report("in", "these values are of different types, and a value of the call has only one",
                    "list values of one type; quote numbers that are meant as texts");
            }

            operators.Add(new Operator.OneOf(operands));
        }

        operators.AddRange(Texts(section));
        operators.AddRange(Numbers(section));
        return operators;
    }

    private static IEnumerable<Operator> Texts(Section section)
    {
        if (Part("contains") is { } part) yield return new Operator.Contains(part);
        if (Part("starts_with") is { } start) yield return new Operator.StartsWith(start);
        if (Part("ends_with") is { } end) yield return new Operator.EndsWith(end);
        if (section.Find("matches") is { } node && OperandReader.Pattern(section.Source, node, section.Of("matches")) is { } pattern)
            yield return new Operator.Matches(pattern);

        Operand.Text? Part(string key) => section.Find(key) is { } node ? OperandReader.Part(section.Source, node, section.Of(key)) : null;
    }

    private static IEnumerable<Operator> Numbers(Section section)
    {
        if (Limit("gt") is { } above) yield return new Operator.GreaterThan(above);
        if (Limit("gte") is { } least) yield return new Operator.AtLeast(least);
        if (Limit("lt") is { } below) yield return new Operator.LessThan(below);
        if (Limit("lte") is { } most) yield return new Operator.AtMost(most);

        ExactNumber? Limit(string key) => section.Find(key) is { } node ? OperandReader.Limit(section.Source, node, section.Of(key)) : null;
    }

    private static void CheckNull(Section section, string key, FieldSource source, IReadOnlyList<Operand> operands)
    {
        if (source != FieldSource.Body && operands.Any(operand => operand is Operand.Null))
            section.Report(key, "a path, query, header or form field is never null", "ask for exists: false, or for the text \"null\"");
    }
}
