namespace AiAccessProxy.Policies.Trials;

/// <summary>What a policy test expects; what is null is not asked.</summary>
internal sealed record Expectation
{
    /// <summary>Null when <see cref="Refused"/> is expected.</summary>
    public Effect? Effect { get; init; }

    /// <summary>A kind of <c>docs/problems.md</c>, or a doubt as <c>accept</c> names it.</summary>
    public string? Refused { get; init; }

    /// <summary>Ids of exactly the rules that decide, in any order; none when the route's default does.</summary>
    public IReadOnlyList<string>? Rules { get; init; }

    public Risk? Risk { get; init; }

    public string? Action { get; init; }

    public IReadOnlyList<string>? Summary { get; init; }

    public IReadOnlyList<Need>? Needs { get; init; }

    public IReadOnlyList<ClaimName>? Require { get; init; }

    /// <summary>Id of the credential that is added.</summary>
    public string? Credential { get; init; }

    /// <summary>One sentence for each expectation that is not met.</summary>
    public IReadOnlyList<string> Against(TrialOutcome outcome) => [.. Differences(outcome).OfType<string>()];

    private IEnumerable<string?> Differences(TrialOutcome outcome)
    {
        if (outcome is TrialOutcome.Refused refused)
        {
            var doubt = refused.Doubt is { } kind ? Actions.OptIns.NameOf(kind) : null;
            if (Refused is null || (Refused != refused.Kind && Refused != doubt))
                yield return Said("outcome", Expected, $"refused ({doubt ?? refused.Kind}): {refused.Detail}");
            yield break;
        }

        var (_, bound) = (TrialOutcome.Decided)outcome;
        var decision = bound.Decision;
        var requirement = (decision as Decision.RequireApproval)?.Requirement;
        var effect = decision switch { Decision.Allow => Policies.Effect.Allow, Decision.RequireApproval => Policies.Effect.RequireApproval, _ => Policies.Effect.Deny };
        if (Effect != effect)
        {
            yield return Said("outcome", Expected, decision is Decision.Deny deny ? $"deny: {deny.Reason}" : Word(effect));
            if (Effect is null) yield break;
        }

        if (Rules is not null) yield return Same("rules", Rules.Order(StringComparer.Ordinal), decision.Rules.Select(rule => rule.Id).Order(StringComparer.Ordinal));
        if (Credential is not null) yield return Same("credential", [Credential], bound.Action.Credential is { } credential ? [credential.Id] : []);
        if (requirement is null) yield break;
        if (Risk is not null) yield return Same("risk", [Word(Risk)], [Word(requirement.Risk)]);
        if (Action is not null) yield return Same("action", [Action], requirement.ActionName is { } name ? [name] : []);
        if (Summary is not null) yield return Same("summary", Summary, requirement.Summary);
        if (Needs is not null) yield return Same("needs", Needs.Select(Word).Order(StringComparer.Ordinal), requirement.Needs.Select(Word).Order(StringComparer.Ordinal));
        if (Require is not null) yield return Same("require", Require.Order().Select(Word), requirement.Require.Select(Word));
    }

    private string Expected => Effect is { } effect ? Word(effect) : $"refused ({Refused})";

    private static string? Same(string what, IEnumerable<string> expected, IEnumerable<string> got)
    {
        var (want, have) = (List(expected), List(got));
        return want == have ? null : Said(what, want, have);
    }

    private static string Said(string what, string expected, string got) => $"{what}: expected {expected}, got {got}";

    private static string List(IEnumerable<string> values) => string.Join(", ", values) is { Length: > 0 } list ? list : "none";

    private static string Word(Need need) => $"{need.Approvals} of {string.Join(" or ", need.From.Order(StringComparer.Ordinal))}";

    private static string Word<T>(T value) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName($"{value}");
}
