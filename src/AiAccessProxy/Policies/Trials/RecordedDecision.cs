namespace AiAccessProxy.Policies.Trials;

/// <summary>What a record says was decided, and by which policy.</summary>
/// <param name="Kind">The kind of the record: <c>decided</c>, <c>ticket.opened</c> …</param>
/// <param name="Decision">Null where the record tells of something else that came of the call.</param>
internal sealed record RecordedDecision(string Kind, string? Decision, IReadOnlyList<string> Rules)
{
    /// <summary>Rules that were only observed then, and would have counted.</summary>
    public IReadOnlyList<string> Observed { get; init; } = [];

    /// <summary>Hash of the policy that decided.</summary>
    public string? Policy { get; init; }
}
