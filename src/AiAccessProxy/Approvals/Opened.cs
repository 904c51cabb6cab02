namespace AiAccessProxy.Approvals;

/// <summary>What came of asking for a ticket.</summary>
internal abstract record Opened
{
    private Opened()
    {
    }

    /// <summary>The call has a ticket. <paramref name="Joined"/>: an identical call opened it before.</summary>
    public sealed record To(Standing Standing, bool Joined) : Opened;

    public sealed record No(Refused Refused) : Opened;
}
