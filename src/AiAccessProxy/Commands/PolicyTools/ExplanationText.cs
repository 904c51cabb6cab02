using AiAccessProxy.Policies.Explaining;
using AiAccessProxy.Policies.Files;
using AiAccessProxy.Policies.Trials;
using AiAccessProxy.Settings;

namespace AiAccessProxy.Commands.PolicyTools;

/// <summary>An explanation as lines for a terminal.</summary>
internal static class ExplanationText
{
    /// <summary>The outcome, every rule, and what the call would wait for and be sent with.</summary>
    public static IEnumerable<string> Whole(Explanation explanation)
    {
        var refusal = explanation.Refusal is { } kind ? $" ({explanation.Doubt ?? kind})" : "";
        var reason = explanation.Reason is { } why ? $": {TerminalText.Of(why)}" : explanation.ByDefault ? ": no rule matches, and the route says so of such calls" : "";
        yield return $"{explanation.Outcome}{refusal}{reason}";
        yield return "";
        foreach (var line in Rules(explanation)) yield return line;
        if (explanation.Rules.Count > 0) yield return "";
        foreach (var (name, words) in Facts(explanation)) yield return $"{name,-12}{TerminalText.Of(words)}";
    }

    private static IEnumerable<(string Name, string Words)> Facts(Explanation explanation)
    {
        if (explanation.Route is { } route) yield return ("route", route);
        foreach (var line in explanation.Approval?.Summary ?? []) yield return ("summary", line);
        if (explanation.Action is { } action) yield return ("action", action);
        if (explanation.Risk is { } risk) yield return ("risk", Word(risk));
        if (explanation.Controls.Count > 0) yield return ("controls", string.Join(", ", explanation.Controls));
        if (explanation.Approval is { } approval)
        {
            foreach (var need in approval.Needs) yield return ("needs", $"{need.Approvals} of {string.Join(" or ", need.From)}");
            if (approval.Require.Count > 0) yield return ("requires", string.Join(", ", approval.Require.Select(Word)));
            if (approval.Show.Count > 0) yield return ("shows", string.Join(", ", approval.Show));
            yield return ("in time", $"decided within {Quantity.Words(approval.DecideWithin)}, used within {Quantity.Words(approval.UseWithin)}");
            if (approval.Notify.Count > 0) yield return ("notify", string.Join(", ", approval.Notify));
        }

        if (explanation.Credential is { } credential) yield return ("credential", credential);
        if (explanation.Redacted.Count > 0) yield return ("redacted", string.Join(", ", explanation.Redacted));
        if (explanation.NotKnown.Count > 0) yield return ("not known", string.Join(", ", explanation.NotKnown));
        yield return ("policy", explanation.Policy);
        if (explanation.Recorded is { } recorded) yield return ("on record", Recorded(recorded));
        if (explanation.Recorded is { Observed: { Count: > 0 } observed }) yield return ("observed", $"{string.Join(", ", observed)} (would have counted then)");
    }

    private static string Recorded(RecordedDecision recorded)
    {
        var rules = recorded.Rules.Count > 0 ? $"by {string.Join(", ", recorded.Rules)}" : "by default";
        return $"{recorded.Kind}{(recorded.Decision is { } decision ? $": {decision}" : ",")} {rules}, under policy {recorded.Policy ?? "(unknown)"}";
    }

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
        { WouldCount: true } => "which would count, but the rule is only observed",
        { WouldCount: false } => "which would not count; the rule is only observed",
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
