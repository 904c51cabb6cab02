using AiAccessProxy.Control.Reading;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Control.Pages.Rulebook;

/// <summary>What a rule did today, in a sentence.</summary>
internal static class RuleDayWords
{
    public static string Of(Rule rule, RuleDay day)
    {
        var parts = Parts(rule, day).Where(part => part.Count > 0).Select(part => $"{part.Count} {part.Words}").ToList();
        return parts.Count == 0 ? "nothing" : string.Join(", ", parts);
    }

    private static IEnumerable<(long Count, string Words)> Parts(Rule rule, RuleDay day) => rule.IsObserved
        ? [(day.Observed, "calls it would have counted for")]
        : [
            (day.Allowed, "allowed"), (day.Denied, "denied"), (day.Asked, "asked people"), (day.Approved, "approved by people"),
            (day.DeniedByPeople, "denied by people"), (day.Unused, "expired, lapsed or cancelled"), (day.Executed, "sent under its approval"),
        ];
}
