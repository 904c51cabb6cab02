using AiAccessProxy.Control.Reading;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Control.Api.Shapes;

/// <summary>A rule in force, and what it did since midnight (UTC).</summary>
/// <param name="Needs">Who has to approve; null for rules that do not ask.</param>
internal sealed record RuleJson(
    string Id, Effect Effect, Risk? Risk, string? Action, string? Summary, bool Observed, IReadOnlyList<Need>? Needs,
    double? DecideWithinSeconds, double? UseWithinSeconds, IReadOnlyList<string> Require, IReadOnlyList<string> Show,
    IReadOnlyList<string> Redact, IReadOnlyList<string> Controls, RuleDay Today)
{
    public static RuleJson Of(Route route, Rule rule, Today today)
    {
        var terms = rule.Effect == Effect.RequireApproval ? rule.Approval ?? route.Approval : null;
        return new(
            rule.Id, rule.Effect, rule.Risk, rule.Action?.ToString(), rule.Summary?.ToString(), rule.IsObserved, terms?.Needs,
            terms?.DecideWithin.TotalSeconds, terms?.UseWithin.TotalSeconds, [.. rule.Require.Select(name => name.ToString().ToLowerInvariant())],
            [.. rule.Show.Select(field => field.Text)], [.. rule.Redact.Select(field => field.Text)], rule.Controls, today.OfRule(route.Id, rule.Id));
    }
}
