namespace AiAccessProxy.Approvals.Teams.Cards;

/// <summary>The bot is nowhere.</summary>
internal sealed class NoPlaces : IConversationPlaces
{
    public bool Reaches(string person) => false;

    public ValueTask<Conversation?> FindAsync(string place, CancellationToken cancellationToken) => new((Conversation?)null);

    public IReadOnlyList<string> UsersOf(Ticket ticket) => [];
}
