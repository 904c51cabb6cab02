namespace AiAccessProxy.Tests.Policies.Generated;

/// <summary>
/// What a policy says of a call, written a second time and from the words of docs/policy.md alone: no short cuts, no sharing, nothing of the
/// product's but the words of the files.
/// </summary>
internal static class NaiveEvaluator
{
    private static readonly string[] Risks = ["low", "medium", "high", "critical"];

    /// <summary>The decision in one line.</summary>
    public static string Decide(DrawnPolicy policy, DrawnCall call)
    {
        var judged = policy.Rules.OrderBy(rule => rule.Id, StringComparer.Ordinal)
            .Select(rule => (Rule: rule, Truth: NaiveConditions.Holds(rule.Match, call, rule.Match.Paths))).ToList();
        var redact = judged.Where(one => one.Truth != false).SelectMany(one => one.Rule.Redact).Distinct().Order(StringComparer.Ordinal);
        var observed = judged.Where(one => one.Rule.IsObserved && (one.Truth == true || (one.Truth is null && one.Rule.Effect != "allow")));
        var (decision, deciding) = Decision(policy, [.. judged.Where(one => !one.Rule.IsObserved)]);
        return $"{decision} {More(policy, deciding, decision, redact.ToList(), call)} redact {string.Join(',', redact)} observed {Names(observed)}";
    }

    /// <summary>What the deciding rules say of the action, and how often it may be.</summary>
    private static string More(DrawnPolicy policy, List<DrawnRule> deciding, string decision, List<string> redact, DrawnCall call)
    {
        var (isAsking, isDenied) = (decision.StartsWith("ask", StringComparison.Ordinal), decision.StartsWith("deny", StringComparison.Ordinal));
        var name = deciding.Where(rule => rule.Action is not null).Select(rule => NaiveNames.Filled(rule, redact, call)).FirstOrDefault();
        var stated = deciding.Select(rule => rule.Risk ?? (isAsking ? "high" : null)).OfType<string>().ToList();
        var risk = stated.Count > 0 ? Risks[stated.Max(one => Array.IndexOf(Risks, one))] : isAsking ? "high" : "none";
        var rates = isDenied ? [] : deciding.Where(rule => rule.Rate is not null).Select(rule => $"rule {rule.Id} of route api {rule.Rate}")
            .Prepend(policy.More is { } route ? $"route api {route.Calls}" : "").Where(rate => rate.Length > 0);
        var notify = deciding.SelectMany(rule => isAsking ? rule.Notify : []).Concat(isAsking && policy.More is { } more ? [more.Notify] : []).Distinct().Order(StringComparer.Ordinal);
        return $"named {name ?? "none"} risk {risk} controls {string.Join(',', deciding.SelectMany(rule => rule.Controls).Distinct())} "
            + $"rates {string.Join(';', rates)} notify {string.Join(',', notify)}";
    }

    private static (string Words, List<DrawnRule> Deciding) Decision(DrawnPolicy policy, List<(DrawnRule Rule, bool? Truth)> judged)
    {
        var denying = judged.Where(one => one.Rule.Effect == "deny" && one.Truth != false).ToList();
        if (denying.Count > 0) return ($"deny {Names(denying)}", Rules(denying));

        var asking = judged.Where(one => one.Rule.Effect == "require_approval" && one.Truth != false).ToList();
        var allowing = judged.Where(one => one.Rule.Effect == "allow" && one.Truth == true).ToList();
        var winning = asking.Count > 0 ? asking : allowing;
        var credentials = winning.Select(one => one.Rule.Credential).OfType<string>().Distinct().ToList();
        if (credentials.Count > 1)
        {
            var naming = winning.Where(one => one.Rule.Credential is not null).ToList();
            return ($"deny {Names(naming)}", Rules(naming));
        }

        var credential = credentials.SingleOrDefault() ?? (policy.HasCredential ? "c1" : "none");
        if (asking.Count > 0)
        {
            var rules = asking.Select(one => one.Rule).ToList();
            return ($"ask {Names(asking)} with {credential} "
                + $"need {string.Join(',', rules.Select(rule => $"1x{rule.From}"))} "
                + $"require {string.Join(',', new[] { "reason", "change", "commit" }.Where(claim => rules.Any(rule => rule.Require.Contains(claim))))} "
                + $"show {string.Join(',', rules.SelectMany(rule => rule.Show).Distinct().Order(StringComparer.Ordinal))} "
                + $"within {rules.Min(rule => rule.Minutes)}+{rules.Min(rule => rule.Minutes) + 1}", rules);
        }

        if (allowing.Count > 0) return ($"allow {Names(allowing)} with {credential}", Rules(allowing));
        return (policy.Default switch
        {
            "allow" => $"allow  with {credential}",
            "deny" => "deny ",
            _ => $"ask  with {credential} need 2xgroup:security require  show  within 7+8",
        }, []);
    }

    private static List<DrawnRule> Rules(IEnumerable<(DrawnRule Rule, bool? Truth)> judged) => [.. judged.Select(one => one.Rule)];

    private static string Names(IEnumerable<(DrawnRule Rule, bool? Truth)> rules) =>
        string.Join(',', rules.Select(one => one.Rule.Id + (one.Truth is null ? "?" : "")));
}
