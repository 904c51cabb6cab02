namespace AiAccessProxy.Approvals.Teams.Cards;

/// <summary>Whether a click came from a card that was put where it was clicked.</summary>
internal abstract record CardBinding
{
    private CardBinding()
    {
    }

    public sealed record Bound(Standing Standing) : CardBinding;

    /// <summary>It decides nothing. <paramref name="Why"/> in words for whoever clicked.</summary>
    public sealed record Not(string Why) : CardBinding;
}
