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
                $"ask {rules} with {credential} risk {asked.Risk.ToString().ToLowerInvariant()} "
                + $"need {string.Join(',', asked.Needs.Select(need => $"{need.Approvals}x{string.Join('|', need.From)}"))} "
                + $"require {string.Join(',', asked.Require.Select(claim => claim.ToString().ToLowerInvariant()))} "
                + $"show {Names(asked.Show)} within {asked.DecideWithin.TotalMinutes}+{asked.UseWithin.TotalMinutes}",
            _ => $"deny {rules}",
        } + $" redact {Names(bound.Decision.Redact)} observed {string.Join(',', bound.Decision.Observed.Select(rule => rule.Id + (rule.Unknown ? "?" : "")))}";
    }

    // One name may be read at several places of a path.
    private static string Names(IReadOnlyList<NamedReading> fields) => string.Join(',', fields.Select(one => one.Field.Text).Distinct());
}
