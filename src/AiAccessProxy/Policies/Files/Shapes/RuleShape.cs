using System.ComponentModel;

namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>A rule.</summary>
[Schema("""
    { "if": { "properties": { "effect": { "enum": ["allow", "deny"] } }, "required": ["effect"] },
      "then": { "properties": { "summary": false, "require": false, "show": false, "approval": false, "notify": false } } }
    """)]
[Schema("""
    { "if": { "properties": { "effect": { "const": "deny" } }, "required": ["effect"] },
      "then": { "properties": { "observe": { "const": false }, "rate": false } } }
    """)]
internal sealed record RuleShape
{
    [Pattern(Pattern.Id)]
    public required string Id { get; init; }

    [Description("Which calls it is about. What stands side by side is ANDed.")]
    public required MatchShape Match { get; init; }

    [Description("Deny beats require_approval beats allow.")]
    public required Effect Effect { get; init; }

    [Description("The kind of action: payment.refund.")]
    [Pattern(Pattern.Action)]
    public string? Action { get; init; }

    public Risk? Risk { get; init; }

    [Description("A line for reviewers, with fields in braces: Refund {body.amount}.")]
    [Pattern(Pattern.Summary)]
    public string? Summary { get; init; }

    [Description("Claims that the agent has to make first.")]
    public IReadOnlyList<ClaimName>? Require { get; init; }

    [Description("Fields that reviewers and the ledger see.")]
    [Pattern(Pattern.Field)]
    public IReadOnlyList<string>? Show { get; init; }

    [Description("Fields that nobody sees.")]
    [Pattern(Pattern.Field)]
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
