namespace AiAccessProxy.Gate.Limits;

/// <summary>Whether an agent's call has a place among those that the agent may have at once.</summary>
internal abstract record PlaceEntry
{
    private PlaceEntry()
    {
    }

    /// <summary>It has one.</summary>
    public sealed record In : PlaceEntry;

    /// <summary>It has one since another of the agent's calls ended. Meanwhile the rules may have changed, and its caller's key may have been taken away.</summary>
    public sealed record Waited : PlaceEntry;

    public sealed record Refused(Problem Why) : PlaceEntry;
}
