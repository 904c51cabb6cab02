using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Policies.Generated;

/// <summary>The product's decision in the line that <see cref="NaiveEvaluator"/> tells its own in.</summary>
internal static class Told
{
    public static string Of(Bound bound)
    {
        var rules = string.Join(',', bound.Decision.Rules.Select(rule => rule.Id + (rule.Unknown ? "?" : "")));
        var credential = bound.Action.Credential?.Id ?? "none";
        return bound.Decision switch
        {
            Decision.Allow => $"allow {rules} with {credential}",
            Decision.RequireApproval { Requirement: var asked } =>
                $"ask {rules} with {credential} "
                + $"need {string.Join(',', asked.Needs.Select(need => $"{need.Approvals}x{string.Join('|', need.From)}"))} "
                + $"require {string.Join(',', asked.Require.Select(claim => claim.ToString().ToLowerInvariant()))} "
                + $"show {Names(asked.Show)} within {asked.DecideWithin.TotalMinutes}+{asked.UseWithin.TotalMinutes}",
            _ => $"deny {rules}",
        } + $" {More(bound.Decision)} redact {Names(bound.Decision.Redact)} observed {string.Join(',', bound.Decision.Observed.Select(rule => rule.Id + (rule.Unknown ? "?" : "")))}";
    }

    private static string More(Decision decision)
    {
        var (name, risk, controls) = decision.Classification;
        var notify = (decision as Decision.RequireApproval)?.Requirement.Notify ?? [];
        return $"named {name ?? "none"} risk {risk?.ToString().ToLowerInvariant() ?? "none"} controls {string.Join(',', controls)} "
            + $"rates {string.Join(';', decision.Rates.Select(rate => $"{rate.Of} {rate.Limit.Calls}"))} notify {string.Join(',', notify)}";
    }

    // One name may be read at several places of a path.
    private static string Names(IReadOnlyList<NamedReading> fields) => string.Join(',', fields.Select(one => one.Field.Text).Distinct());
}
