using AiAccessProxy.People;

namespace AiAccessProxy.Approvals;

/// <summary>What a channel brings: who answered, what, and how the channel knows who it was. The channel decides nothing.</summary>
/// <param name="Reason">Channels take 1,000 characters at most; what a ballot has beyond 2,000 is cut off when it is counted.</param>
/// <param name="Channel"><c>console</c>, <c>api</c>, <c>teams</c>.</param>
/// <param name="Authenticated">
/// How the person proved who they are: <c>key:laptop</c>, <c>oidc:host</c> (a sign-in by that provider), <c>token:host</c> (its token at the API),
/// <c>entra</c> (by Teams), <c>local</c> (unverified).
/// </param>
internal sealed record Ballot(Person Person, bool Approve, string? Reason, string Channel, string Authenticated)
{
    /// <summary>How whoever holds the machine is authenticated: not at all.</summary>
    public const string Local = "local";

    /// <summary>Counts only if the ticket's register still has this revision: nothing happened to it since it was read. Null: whatever happened.</summary>
    public long? AtRevision { get; init; }

    /// <summary>Of the span in which it is counted.</summary>
    public string? Traceparent { get; init; }
}
