using AiAccessProxy.Actions;
using AiAccessProxy.Policies.Conditions;

namespace AiAccessProxy.Policies.Files;

/// <summary>Reads the operators beside a field.</summary>
internal static class OperatorReader
{
    /// <summary>Operators on one value.</summary>
    public static IReadOnlyList<string> OnOne { get; } = ["equals", "in", "gt", "lte"];

    public static IReadOnlyList<string> Known { get; } = [.. OnOne, "exists", "any", "all"];

    public static IReadOnlyList<Operator> Read(Section section, FieldPath field)
    {
        var operators = OfOne(section, field.Source);
        if (field.Steps.Any(step => step.IsEvery))
        {
            foreach (var name in OnOne.Where(section.Has))
            {
                section.Report(name, $"{field} stands for many values, and {name} is asked of one",
                    $"say of how many: any: {{ {name}: … }} or all: {{ {name}: … }}");
            }
        }

        if (section.Word("exists", Words.Flags) is { } expected) operators.Add(new Operator.Exists(expected));
        if (Quantified(section, "any", field.Source) is { } any) operators.Add(new Operator.Any(any));
        if (Quantified(section, "all", field.Source) is { } all) operators.Add(new Operator.All(all));
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

        if (section.Find("gt") is { } gt && OperandReader.Limit(section.Source, gt, section.Of("gt")) is { } above)
            operators.Add(new Operator.GreaterThan(above));
        if (section.Find("lte") is { } lte && OperandReader.Limit(section.Source, lte, section.Of("lte")) is { } most)
            operators.Add(new Operator.AtMost(most));
        return operators;
    }

    private static void CheckNull(Section section, string key, FieldSource source, IReadOnlyList<Operand> operands)
    {
        if (source != FieldSource.Body && operands.Any(operand => operand is Operand.Null))
            section.Report(key, "a path, query, header or form field is never null", "ask for exists: false, or for the text \"null\"");
    }
}
