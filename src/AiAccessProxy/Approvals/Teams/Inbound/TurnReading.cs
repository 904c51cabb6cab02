namespace AiAccessProxy.Approvals.Teams.Inbound;

/// <summary>What came out of reading an activity.</summary>
internal abstract record TurnReading
{
    private TurnReading()
    {
    }

    /// <param name="Id">Of the activity: the same one does nothing twice.</param>
    /// <param name="IsInvoke">Whether it wants its answer in the response.</param>
    public sealed record Read(Turn Turn, string Id, bool IsInvoke) : TurnReading;

    /// <summary>No activity that Teams sends.</summary>
    /// <param name="Why">In a sentence, without anything that was sent.</param>
    public sealed record Unreadable(string Why) : TurnReading;

    /// <summary>An activity from elsewhere, or of somebody who has no business here.</summary>
    /// <param name="Why">As for <see cref="Unreadable"/>.</param>
    public sealed record Foreign(string Why) : TurnReading;
}
