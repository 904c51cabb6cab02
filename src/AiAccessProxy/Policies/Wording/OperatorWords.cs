using AiAccessProxy.Policies.Conditions;

namespace AiAccessProxy.Policies.Wording;

/// <summary>What a rule asks of a value, in words, with what its references stand for in this call.</summary>
/// <param name="call">Null for no call in particular: references are told as they are written, and nothing is shortened.</param>
internal sealed class OperatorWords(Circumstances? call)
{
    /// <summary>After "is" or "not": <c>equal to "a"</c>.</summary>
    public string Wish(Operator wanted) => wanted switch
    {
        Operator.EqualTo => $"equal to {Wished(wanted)}",
        Operator.OneOf => $"one of {Wished(wanted)}",
        Operator.Contains => $"a text that contains {Wished(wanted)}",
        Operator.StartsWith => $"a text that starts with {Wished(wanted)}",
        Operator.EndsWith => $"a text that ends with {Wished(wanted)}",
        Operator.Matches => $"a text that matches {Wished(wanted)}",
        Operator.GreaterThan => $"greater than {Wished(wanted)}",
        Operator.AtLeast => $"at least {Wished(wanted)}",
        Operator.LessThan => $"less than {Wished(wanted)}",
        Operator.AtMost => $"at most {Wished(wanted)}",
        Operator.Any any => string.Join(" and ", any.Each.Select(Wish)),
        Operator.All all => string.Join(" and ", all.Each.Select(Wish)),
        _ => "present",
    };

    /// <summary>What is compared with: <c>"a"</c>.</summary>
    public string Wished(Operator wanted) => wanted switch
    {
        Operator.EqualTo equal => Words(equal.Operand),
        Operator.OneOf oneOf => Listed([.. oneOf.Operands.Select(Words)]),
        Operator.Contains contains => Words(contains.Part),
        Operator.StartsWith start => Words(start.Part),
        Operator.EndsWith end => Words(end.Part),
        Operator.Matches matches => Quoted(matches.Pattern.Written),
        Operator.GreaterThan greater => greater.Limit.ToString(),
        Operator.AtLeast least => least.Limit.ToString(),
        Operator.LessThan less => less.Limit.ToString(),
        Operator.AtMost most => most.Limit.ToString(),
        Operator.Any any => string.Join(" and ", any.Each.Select(Wished)),
        Operator.All all => string.Join(" and ", all.Each.Select(Wished)),
        _ => "anything",
    };

    private string Listed(IReadOnlyList<string> values) => call is null ? string.Join(", ", values) : ValueText.List(values);

    private string Quoted(string text) => call is null ? $"\"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : ValueText.Quoted(text);

    private string Words(Operand operand) => operand switch
    {
        { IsSecret: true } when call is null => "a value that is kept secret",
        Operand.Text { Value.Refers: true } text when call is null => text.Value.Written,
        Operand.Text { Value.Refers: true } text => text.Value.For(call!) is { } value
            ? $"{ValueText.Quoted(value)} ({text.Value.Written})"
            : $"{text.Value.Written}, which stands for nobody here",
        Operand.Text text => Quoted(text.Value.Written),
        Operand.Number number => number.Value.Lexeme,
        Operand.Boolean boolean => boolean.Value ? "true" : "false",
        _ => "null",
    };
}
