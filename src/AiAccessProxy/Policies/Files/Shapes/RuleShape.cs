using System.ComponentModel;

namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>A rule.</summary>
internal sealed record RuleShape
{
    [Pattern(Pattern.Id)]
    public required string Id { get; init; }

    [Description("Which calls it is about. What stands side by side is ANDed.")]
    public required MatchShape Match { get; init; }

    [Description("Deny beats require_approval beats allow.")]
    public required Effect Effect { get; init; }

    [Description("The kind of action: payment.refund.")]
    public string? Action { get; init; }

    public Risk? Risk { get; init; }

    [Description("A line for reviewers, with fields in braces: Refund {body.amount}.")]
    public string? Summary { get; init; }

    [Description("Claims that the agent has to make first.")]
    public IReadOnlyList<ClaimName>? Require { get; init; }

    [Description("Fields that reviewers and the ledger see.")]
    public IReadOnlyList<string>? Show { get; init; }

    [Description("Fields that nobody sees.")]
    public IReadOnlyList<string>? Redact { get; init; }

    public ApprovalShape? Approval { get; init; }

    [Description("What it implements: SOC2:CC6.3.")]
    public IReadOnlyList<string>? Controls { get; init; }

    public string? Credential { get; init; }

    [Description("What is accepted although servers are known to read it differently.")]
    [Words(nameof(Files.Words.Accepted))]
    public IReadOnlyList<string>? Accept { get; init; }

    [Description("Leave the rule's effect out, and say on records where it would have had one.")]
    public bool? Observe { get; init; }

    [Description("Where reviewers are told, beside the places of the route: teams:security-approvals.")]
    [Pattern(Pattern.Notify)]
    public IReadOnlyList<string>? Notify { get; init; }

    [Description("How often each agent may make calls that the rule lets through.")]
    public RateShape? Rate { get; init; }
}
