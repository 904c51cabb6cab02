namespace AiAccessProxy.Policies;

/// <summary>What came out for one action. Deny beats require_approval beats allow; the order of rules means nothing.</summary>
internal abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>The rules that led here; empty when the route's default did.</summary>
    public required IReadOnlyList<MatchedRule> Rules { get; init; }

    /// <summary>Fields that must not be shown or recorded: they appear as name, length and hash.</summary>
    public IReadOnlyList<NamedReading> Redact { get; init; } = [];

    /// <summary>Rules that are only observed and would have counted.</summary>
    public IReadOnlyList<MatchedRule> Observed { get; init; } = [];

    /// <summary>Limits on how often the agent may make such calls, each counted by itself; none for what is denied anyway.</summary>
    public IReadOnlyList<Rated> Rates { get; init; } = [];

    /// <summary>Name, risk and controls, as records have them.</summary>
    public virtual Classification Classification { get; init; } = Classification.None;

    public sealed record Allow : Decision;

    /// <summary><see cref="Reason"/> says in words why; <see cref="ByDefault"/> when no rule matched.</summary>
    public sealed record Deny : Decision
    {
        public required string Reason { get; init; }

        public bool ByDefault { get; init; }
    }

    public sealed record RequireApproval(Requirement Requirement) : Decision
    {
        /// <summary>The one that reviewers are asked by.</summary>
        public override Classification Classification => new(Requirement.ActionName, Requirement.Risk, Requirement.Controls);
    }
}
