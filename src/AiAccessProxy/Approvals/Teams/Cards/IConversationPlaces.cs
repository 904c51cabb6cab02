namespace AiAccessProxy.Approvals.Teams.Cards;

/// <summary>Which conversation a place of <c>notify</c> is.</summary>
internal interface IConversationPlaces
{
    /// <summary>Whether a person has a chat with the bot, as far as is known here.</summary>
    bool Reaches(string person);

    /// <summary>Null: the bot is in no such place. <c>person.grace</c> is somebody's own chat.</summary>
    /// <exception cref="Ledger.LedgerUnavailableException">It cannot be told.</exception>
    ValueTask<Conversation?> FindAsync(string place, CancellationToken cancellationToken);

    /// <summary>Ids in Teams of the people who may look at a ticket with a view of their own: reviewers, the agent's owner, whom it acts for.</summary>
    IReadOnlyList<string> UsersOf(Ticket ticket);
}
