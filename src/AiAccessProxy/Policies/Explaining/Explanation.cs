using AiAccessProxy.Policies.Trials;

namespace AiAccessProxy.Policies.Explaining;

/// <summary>
/// What a policy says of one call, and why. It tells no value that a rule of the route redacts, whether or not that rule matches, and a
/// credential by its id alone.
/// </summary>
internal sealed record Explanation
{
    /// <summary><c>allow</c>, <c>deny</c>, <c>require_approval</c>, or <c>refused</c> when no rule was asked.</summary>
    public required string Outcome { get; init; }

    /// <summary>Why, in words: of a denial or a refusal.</summary>
    public string? Reason { get; init; }

    /// <summary>For <c>refused</c>: the kind of <c>docs/problems.md</c>.</summary>
    public string? Refusal { get; init; }

    /// <summary>For the refusal <c>no-single-meaning</c>: what has none, as <c>accept</c> would name it.</summary>
    public string? Doubt { get; init; }

    public string? Route { get; init; }

    /// <summary>True when no rule matched and the route's default decided.</summary>
    public bool ByDefault { get; init; }

    /// <summary>Every rule that was asked, by id.</summary>
    public IReadOnlyList<ExplainedRule> Rules { get; init; } = [];

    /// <summary>What the rules that decide call the action, as its record would.</summary>
    public string? Action { get; init; }

    /// <summary>How bad those rules say a mistake would be.</summary>
    public Risk? Risk { get; init; }

    public IReadOnlyList<string> Controls { get; init; } = [];

    /// <summary>What all matching require_approval rules ask for together; null for every other outcome.</summary>
    public ExplainedApproval? Approval { get; init; }

    /// <summary>Id of the credential that would be added.</summary>
    public string? Credential { get; init; }

    /// <summary>Names of the fields whose values nobody is shown.</summary>
    public IReadOnlyList<string> Redacted { get; init; } = [];

    /// <summary>What is not known of the call; conditions on it are unknown.</summary>
    public IReadOnlyList<string> NotKnown { get; init; } = [];

    /// <summary>Hash of the policy.</summary>
    public required string Policy { get; init; }

    /// <summary>For a call of the ledger, what its record says of it; null for any other.</summary>
    public RecordedDecision? Recorded { get; init; }
}
