namespace AiAccessProxy.Policies;

/// <summary>What all matching require_approval rules ask for together.</summary>
internal sealed record Requirement
{
    /// <summary>The action's name (<c>payment.refund</c>); of several rules the first by id that has one.</summary>
    public required string? ActionName { get; init; }

    public required Risk Risk { get; init; }

    /// <summary>One line for each rule that has a summary, its fields filled in; an absent field reads <c>(absent)</c>.</summary>
    public required IReadOnlyList<string> Summary { get; init; }

    /// <summary>All must be met; one person meets one need only.</summary>
    public required IReadOnlyList<Need> Needs { get; init; }

    /// <summary>Claims that the agent has to make before a ticket is opened.</summary>
    public required IReadOnlyList<ClaimName> Require { get; init; }

    public required IReadOnlyList<NamedReading> Show { get; init; }

    public required TimeSpan DecideWithin { get; init; }

    public required TimeSpan UseWithin { get; init; }

    public required IReadOnlyList<string> Controls { get; init; }

    /// <summary>Where reviewers are told: what the rules and their route name, each once.</summary>
    public IReadOnlyList<NotifyPlace> Notify { get; init; } = [];

    /// <summary>
    /// Hash over the rules that matched, their approval blocks, the upstream and the credential. A ticket whose call would be bound to
    /// another fingerprint now is cancelled.
    /// </summary>
    public required string Fingerprint { get; init; }
}
