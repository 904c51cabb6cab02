using AiAccessProxy.Policies.Explaining;

namespace AiAccessProxy.Commands.PolicyTools;

/// <summary>An explanation as lines for a terminal.</summary>
internal static class ExplanationText
{
    /// <summary>Every rule and each of its conditions, two spaces deeper for each step into groups.</summary>
    public static IEnumerable<string> Rules(Explanation explanation)
    {
        foreach (var rule in explanation.Rules)
        {
            yield return $"rule {TerminalText.Of(rule.Id)} ({Word(rule.Effect)}): {Word(rule.Outcome)}, {Counts(rule)}";
            foreach (var line in rule.Conditions.SelectMany(condition => Lines(condition, 1))) yield return line;
        }
    }

    public static string Word<T>(T value) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName($"{value}");

    private static string Counts(ExplainedRule rule) => rule switch
    {
        { Counts: true, Outcome: Policies.Conditions.Truth.Unknown } => "which counts as a match",
        { Counts: true } => "matches",
        { Outcome: Policies.Conditions.Truth.Unknown } => "which is no match for allow",
        _ => "does not match",
    };

    private static IEnumerable<string> Lines(ExplainedCondition condition, int depth)
    {
        yield return $"{new string(' ', depth * 2)}{Word(condition.Outcome),-7}  {TerminalText.Of(condition.Because)}{(condition.Parts.Count > 0 ? ":" : "")}";
        foreach (var line in condition.Parts.SelectMany(part => Lines(part, depth + 1))) yield return line;
    }
}
