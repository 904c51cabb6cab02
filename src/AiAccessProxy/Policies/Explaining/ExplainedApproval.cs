namespace AiAccessProxy.Policies.Explaining;

/// <summary>What a privileged call would wait for.</summary>
/// <param name="Needs">All of them; one person meets one need only.</param>
/// <param name="Require">Claims that the agent has to make before a ticket is opened.</param>
internal sealed record ExplainedApproval(
    string? Action, Risk Risk, IReadOnlyList<string> Summary, IReadOnlyList<Need> Needs)
{
    public required IReadOnlyList<ClaimName> Require { get; init; }

    public required IReadOnlyList<string> Show { get; init; }

    public required TimeSpan DecideWithin { get; init; }

    public required TimeSpan UseWithin { get; init; }

    public required IReadOnlyList<string> Controls { get; init; }

    /// <summary>Where reviewers would be told, as <c>channel:place</c>.</summary>
    public required IReadOnlyList<string> Notify { get; init; }

    public static ExplainedApproval Of(Requirement requirement, string? action, IReadOnlyList<string> summary) => new(
        action, requirement.Risk, summary, requirement.Needs)
    {
        Require = requirement.Require,
        Show = [.. requirement.Show.Select(one => one.Field.Text).Distinct(StringComparer.Ordinal)],
        DecideWithin = requirement.DecideWithin,
        UseWithin = requirement.UseWithin,
        Controls = requirement.Controls,
        Notify = [.. requirement.Notify.Select(place => $"{place}")],
    };
}
