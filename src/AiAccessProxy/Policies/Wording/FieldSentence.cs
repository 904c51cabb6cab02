using System.Globalization;
using AiAccessProxy.Actions;
using AiAccessProxy.Policies.Conditions;

namespace AiAccessProxy.Policies.Wording;

/// <summary>How a condition on a field came out, in a sentence.</summary>
internal static class FieldSentence
{
    public static string Of(Condition.On on, Truth truth, CallView call, Redactions redactions)
    {
        var reading = call.Read(on);
        switch (reading)
        {
            case FieldReading.Absent:
                return $"{on.Name} is absent";
            case FieldReading.Present when on.Operator is Operator.Exists:
                return $"{on.Name} is present";
            case var _ when on.Operator.IsSecret || redactions.Hide(on.Field, reading):
                // What it is compared with stays unsaid too: of a field that is met, it tells the value.
                return truth switch
                {
                    Truth.True => $"{on.Name} (redacted) is what the rule looks for",
                    Truth.False => $"{on.Name} (redacted) is not what the rule looks for",
                    _ => $"{on.Name} (redacted) cannot be told",
                };
            case FieldReading.Unreadable unreadable:
                return $"{on.Name} cannot be read: {ValueText.Safe(unreadable.Why)}";
            default:
                return Present(on, truth, ((FieldReading.Present)reading).Values, call.Circumstances);
        }
    }

    private static string Present(Condition.On on, Truth truth, IReadOnlyList<FieldValue> values, Circumstances call)
    {
        var words = new OperatorWords(call);
        var wish = words.Wish(on.Operator);
        var all = ValueText.List([.. values.Select(ValueText.Quoted)]);
        return (on.Operator, truth) switch
        {
            (Operator.Any, Truth.True) => $"{on.Name} is {all}, of which one is {wish}",
            (Operator.Any, Truth.False) => $"{on.Name} is {all}, of which none is {wish}",
            (Operator.All, Truth.True) => $"{on.Name} is {all}, of which each is {wish}",
            (Operator.All, Truth.False) => $"{on.Name} is {all}, of which not each is {wish}",
            (Operator.Any or Operator.All, _) when Operator.AreRepeated(values) && values.All(value => on.Operator.JudgeOne(value, call) != Truth.Unknown) =>
                $"{on.Name} is {all}, of which some upstreams take one and some another",
            (Operator.Any or Operator.All, _) => $"{on.Name} is {all}, of which not all can be compared with {words.Wished(on.Operator)}",
            (_, Truth.True) => $"{on.Name} is {all}, {wish}",
            (_, Truth.False) => $"{on.Name} is {all}, not {wish}",
            _ when values.Count > 1 =>
                $"{on.Name} stands there {values.Count.ToString(CultureInfo.InvariantCulture)} times where one is meant",
            _ => $"{on.Name} is {all}, which cannot be compared with {words.Wished(on.Operator)}",
        };
    }
}
