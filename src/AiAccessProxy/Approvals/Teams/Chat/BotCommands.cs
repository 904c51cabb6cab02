using AiAccessProxy.Approvals.Teams.Inbound;

namespace AiAccessProxy.Approvals.Teams.Chat;

/// <summary>Answers what people write to the bot. Whatever it does not understand it answers with help.</summary>
internal sealed class BotCommands(TicketWords tickets, SuspendWords suspending, Replies replies)
{
    /// <summary>Whether it would change something, so that the same activity must not do it twice.</summary>
    public static bool Changes(string text) => BotCommand.Read(text) is BotCommand.Suspend;

    /// <exception cref="Ledger.LedgerUnavailableException">Nothing was done or can be told.</exception>
    public async ValueTask AnswerAsync(Turn.Message message, CancellationToken cancellationToken) =>
        await replies.SayAsync(message, await WordsAsync(message, cancellationToken), cancellationToken);

    private async ValueTask<IReadOnlyList<string>> WordsAsync(Turn.Message message, CancellationToken cancellationToken)
    {
        if (message.By is Sender.Nobody(var why)) return [why];
        if (message.By is not Sender.Known by) throw new InvalidOperationException("A sender is known or nobody.");
        return BotCommand.Read(message.Text) switch
        {
            // Others read along elsewhere, and not everybody there has to be known here.
            BotCommand.Pending or BotCommand.Show when message.In.Scope != ConversationScope.Personal => ["Others read this. Ask me in our personal chat, or open the console."],
            BotCommand.Pending => await tickets.PendingAsync(by.Person, cancellationToken),
            BotCommand.Show(var ticket) => await tickets.ShowAsync(by.Person, ticket, cancellationToken),
            BotCommand.WhoAmI => [.. tickets.WhoIs(by), .. PlaceOf(message.In)],
            BotCommand.Suspend(var agent, var reason) => await suspending.SuspendAsync(by, agent, reason),
            _ => ["I bring calls of AI agents to the people who decide on them. I understand:", .. BotCommand.Known.Select(one => $"{one.Typed} - {one.Does}")],
        };
    }

    /// <summary>What <c>teams:places</c> needs.</summary>
    private static IEnumerable<string> PlaceOf(Conversation conversation) =>
        conversation.Scope == ConversationScope.Personal ? [] : [$"For teams:places, this is {conversation.Root}"];
}
