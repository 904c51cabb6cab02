using AiAccessProxy.Actions;
using AiAccessProxy.Policies.Conditions;
using AiAccessProxy.Policies.Wording;

namespace AiAccessProxy.Policies;

/// <summary>A row of a policy.</summary>
internal sealed record Rule
{
    public required string Id { get; init; }

    public required Effect Effect { get; init; }

    public required Condition Match { get; init; }

    /// <summary>The patterns that name the variables <c>path.x</c>.</summary>
    public IReadOnlyList<PathPattern> Patterns { get; init; } = [];

    /// <summary>The kind of action: <c>payment.refund</c>, or <c>iam.{form.Action}</c>.</summary>
    public SummaryTemplate? Action { get; init; }

    /// <summary>Null where the rule states none; an approval's is high then.</summary>
    public Risk? Risk { get; init; }

    public SummaryTemplate? Summary { get; init; }

    public IReadOnlyList<ClaimName> Require { get; init; } = [];

    public IReadOnlyList<FieldPath> Show { get; init; } = [];

    public IReadOnlyList<FieldPath> Redact { get; init; } = [];

    /// <summary>Set for every rule that requires approval.</summary>
    public ApprovalTerms? Approval { get; init; }

    public IReadOnlyList<string> Controls { get; init; } = [];

    /// <summary>Where reviewers are told, beside the places of the route.</summary>
    public IReadOnlyList<NotifyPlace> Notify { get; init; } = [];

    /// <summary>The credential that this rule names; null leaves the route's.</summary>
    public UpstreamCredential? Credential { get; init; }

    /// <summary>What this rule accepts although upstreams are known to read it differently.</summary>
    public IReadOnlySet<Ambiguity> Accept { get; init; } = new HashSet<Ambiguity>();

    /// <summary>Its effect is left out; what it would have done is told. Never set for deny. What it redacts stays redacted.</summary>
    public bool IsObserved { get; init; }

    /// <summary>How often each agent may make calls that come under this rule.</summary>
    public RateLimit? Rate { get; init; }

    /// <summary>SHA-256 over everything the rule says, its approval terms included.</summary>
    public required string Content { get; init; }

    /// <summary>Whether a condition is on a field of the body.</summary>
    public bool LooksIntoBody => Match.Fields.Any(on => on.Field.Source is FieldSource.Body or FieldSource.Form);
}
