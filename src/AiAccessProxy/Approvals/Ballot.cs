using AiAccessProxy.People;

namespace AiAccessProxy.Approvals;

/// <summary>What a channel brings: who answered, what, and how the channel knows who it was. The channel decides nothing.</summary>
/// <param name="Channel"><c>console</c>, <c>api</c>, later <c>teams</c> and others.</param>
/// <param name="Authenticated">How the person proved who they are: <c>key:laptop</c>, <c>local</c> (unverified).</param>
internal sealed record Ballot(Person Person, bool Approve, string? Reason, string Channel, string Authenticated)
{
    /// <summary>How whoever holds the machine is authenticated: not at all.</summary>
    public const string Local = "local";

    /// <summary>Counts only if the ticket's register still has this revision: nothing happened to it since it was read. Null: whatever happened.</summary>
    public long? AtRevision { get; init; }

    /// <summary>Of the span in which it is counted.</summary>
    public string? Traceparent { get; init; }
}
