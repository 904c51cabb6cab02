namespace AiAccessProxy.Approvals;

/// <summary>What the desk says of one call.</summary>
internal abstract record Verdict
{
    private Verdict()
    {
    }

    /// <summary>No approval is needed.</summary>
    public sealed record NotNeeded : Verdict;

    /// <summary>Approved, and of all waiters here it is this one's turn to use it.</summary>
    public sealed record Turn(Ticket Ticket) : Verdict
    {
        /// <summary>The call's place in the line of its ticket; <see cref="Clearing.ClearAsync"/> gives it up.</summary>
        public required HeldCall Held { get; init; }
    }

    public sealed record No(Refused Refused) : Verdict;
}
