using AiAccessProxy.Approvals.Teams.Inbound;

namespace AiAccessProxy.Approvals.Teams.Cards;

/// <summary>Answers clicks on cards and cards that ask to be shown anew. A refresh decides nothing.</summary>
internal sealed class CardTurns
{
    private readonly InvokeAnswer _unknown = new InvokeAnswer.Failed("This card is not one of those that can be decided on now. Open the console.");

    /// <param name="turn">A <see cref="Turn.Click"/> or <see cref="Turn.Refresh"/>.</param>
    public ValueTask<InvokeAnswer> AnswerAsync(Turn turn, CancellationToken cancellationToken) => ValueTask.FromResult(_unknown);
}
