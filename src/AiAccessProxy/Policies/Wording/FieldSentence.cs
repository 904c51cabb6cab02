using System.Globalization;
using AiAccessProxy.Actions;
using AiAccessProxy.Policies.Conditions;

namespace AiAccessProxy.Policies.Wording;

/// <summary>How a condition on a field came out, in a sentence.</summary>
internal static class FieldSentence
{
    public static string Of(Condition.On on, Truth truth, FieldReading reading, Redactions redactions)
    {
        switch (reading)
        {
            case FieldReading.Absent:
                return $"{on.Field} is absent";
            case FieldReading.Present when on.Operator is Operator.Exists:
                return $"{on.Field} is present";
            case var _ when on.Operator.IsSecret || redactions.Hide(on.Field, reading):
                // What it is compared with stays unsaid too: of a field that is met, it tells the value.
                return truth switch
                {
                    Truth.True => $"{on.Field} (redacted) is what the rule looks for",
                    Truth.False => $"{on.Field} (redacted) is not what the rule looks for",
                    _ => $"{on.Field} (redacted) cannot be told",
                };
            case FieldReading.Unreadable unreadable:
                return $"{on.Field} cannot be read: {ValueText.Safe(unreadable.Why)}";
            default:
                return Present(on, truth, ((FieldReading.Present)reading).Values);
        }
    }

    private static string Present(Condition.On on, Truth truth, IReadOnlyList<FieldValue> values)
    {
        var wish = Wish(on.Operator);
        var all = ValueText.List([.. values.Select(ValueText.Quoted)]);
        return (on.Operator, truth) switch
        {
            (Operator.Any, Truth.True) => $"{on.Field} is {all}, of which one is {wish}",
            (Operator.Any, Truth.False) => $"{on.Field} is {all}, of which none is {wish}",
            (Operator.All, Truth.True) => $"{on.Field} is {all}, of which each is {wish}",
            (Operator.All, Truth.False) => $"{on.Field} is {all}, of which not each is {wish}",
            (Operator.Any or Operator.All, _) => $"{on.Field} is {all}, of which not all can be compared with {Wished(on.Operator)}",
            (_, Truth.True) => $"{on.Field} is {all}, {wish}",
            (_, Truth.False) => $"{on.Field} is {all}, not {wish}",
            _ when values.Count > 1 =>
                $"{on.Field} stands there {values.Count.ToString(CultureInfo.InvariantCulture)} times where one is meant",
            _ => $"{on.Field} is {all}, which cannot be compared with {Wished(on.Operator)}",
        };
    }

    private static string Wish(Operator wanted) => wanted switch
    {
        Operator.EqualTo equal => $"equal to {Words(equal.Operand)}",
        Operator.OneOf oneOf => $"one of {Wished(oneOf)}",
        Operator.GreaterThan greater => $"greater than {greater.Limit}",
        Operator.AtMost most => $"at most {most.Limit}",
        Operator.Any any => string.Join(" and ", any.Each.Select(Wish)),
        Operator.All all => string.Join(" and ", all.Each.Select(Wish)),
        _ => "present",
    };

    private static string Wished(Operator wanted) => wanted switch
    {
        Operator.EqualTo equal => Words(equal.Operand),
        Operator.OneOf oneOf => ValueText.List([.. oneOf.Operands.Select(Words)]),
        Operator.GreaterThan greater => greater.Limit.ToString(),
        Operator.AtMost most => most.Limit.ToString(),
        Operator.Any any => string.Join(" and ", any.Each.Select(Wished)),
        Operator.All all => string.Join(" and ", all.Each.Select(Wished)),
        _ => "anything",
    };

    private static string Words(Operand operand) => operand switch
    {
        Operand.Text text => ValueText.Quoted(text.Value),
        Operand.Number number => number.Value.Lexeme,
        Operand.Boolean boolean => boolean.Value ? "true" : "false",
        _ => "null",
    };
}
