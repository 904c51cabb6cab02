namespace AiAccessProxy.Approvals;

/// <summary>What an event makes of a ticket.</summary>
internal abstract record Moved
{
    private Moved()
    {
    }

    /// <summary>There is such an edge; the ticket afterwards.</summary>
    public sealed record To(Ticket Next) : Moved;

    /// <summary>There is none from where it stands; <paramref name="Why"/> in words for people.</summary>
    public sealed record NoEdge(string Why) : Moved;
}
