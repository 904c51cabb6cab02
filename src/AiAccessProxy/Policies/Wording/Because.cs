using AiAccessProxy.Policies.Conditions;

namespace AiAccessProxy.Policies.Wording;

/// <summary>Says which conditions made a rule come out as it did, one sentence for each.</summary>
internal static class Because
{
    public static IReadOnlyList<string> Of(Condition condition, CallView call, Redactions redactions) =>
        [.. Deciding(condition, call).Select(one => Sentence(one, call, redactions)).Distinct(StringComparer.Ordinal)];

    /// <summary>The single conditions that the outcome rests on: those of a group that came out as the group did, or left it unknown.</summary>
    private static IEnumerable<Condition> Deciding(Condition condition, CallView call)
    {
        var truth = condition.Judge(call);
        return condition switch
        {
            Condition.Not not => Deciding(not.Part, call),
            // An `all` that is unknown rests on its true parts too, an `any` that is unknown on nothing that is false.
            Condition.All all => all.Parts.Where(part => Counts(part.Judge(call), truth, Truth.False)).SelectMany(part => Deciding(part, call)),
            Condition.Any any => any.Parts.Where(part => Counts(part.Judge(call), truth, Truth.True)).SelectMany(part => Deciding(part, call)),
            _ => [condition],
        };
    }

    private static bool Counts(Truth part, Truth whole, Truth settling) =>
        part == whole || (whole == Truth.Unknown && settling == Truth.False && part == Truth.True);

    private static string Sentence(Condition condition, CallView call, Redactions redactions)
    {
        var truth = condition.Judge(call);
        switch (condition)
        {
            case Condition.Methods methods:
                return truth == Truth.True
                    ? $"the method is {call.Method}"
                    : $"the method is {call.Method}, not {ValueText.List(methods.Names)}";
            case Condition.Paths when !call.IsPathKnown:
                return "the path is not known of this call";
            case Condition.Paths paths:
                return PathSentence.Of(paths, truth, call);
            case Condition.On on:
                return FieldSentence.Of(on, truth, call, redactions);
            case Condition.Agents or Condition.AgentGroups or Condition.OnBehalfOf or Condition.Environments or Condition.During:
                return CircumstanceSentence.Of(condition, truth, call.Circumstances);
            default:
                throw new InvalidOperationException($"{condition.GetType()} is no single condition.");
        }
    }
}
