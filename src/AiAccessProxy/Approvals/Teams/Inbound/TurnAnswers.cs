using AiAccessProxy.Approvals.Teams.Cards;
using AiAccessProxy.Approvals.Teams.Chat;
using AiAccessProxy.Approvals.Teams.Install;

namespace AiAccessProxy.Approvals.Teams.Inbound;

/// <summary>Brings each turn to who answers it.</summary>
internal sealed class TurnAnswers(CardTurns cards, RefusedClicks refused, BotCommands commands, ConversationBook conversations)
{
    /// <summary>Whoever changes something by this turn, if it is one that may; null otherwise.</summary>
    public static Sender.Known? ChangerOf(Turn turn) => turn switch
    {
        Turn.Click { By: Sender.Known by } => by,
        Turn.Message { By: Sender.Known by } message when BotCommands.Changes(message.Text) => by,
        _ => null,
    };

    /// <summary>Null for a turn that nothing follows from.</summary>
    /// <exception cref="Ledger.LedgerUnavailableException">Nothing was done.</exception>
    public async ValueTask<MessageAnswer?> AnswerAsync(Turn turn, CancellationToken cancellationToken)
    {
        switch (turn)
        {
            case Turn.Click click:
                var answer = await cards.AnswerAsync(click, cancellationToken);
                if (answer.Refused is { } why) await refused.RecordAsync(click, why, cancellationToken);
                return new MessageAnswer.Taken(answer.ToJson());
            case Turn.Refresh:
                return new MessageAnswer.Taken((await cards.AnswerAsync(turn, cancellationToken)).ToJson());
            case Turn.Message message:
                await commands.AnswerAsync(message, cancellationToken);
                break;
            case Turn.Installed installed:
                if (!await conversations.InstalledAsync(installed, cancellationToken)) await commands.HaveNoRoomAsync(installed.In, cancellationToken);
                break;
            case Turn.Removed(var conversation):
                await conversations.RemovedAsync(conversation, cancellationToken);
                break;
            default:
                return null;
        }

        return new MessageAnswer.Taken(null);
    }
}
