using AiAccessProxy.Approvals.Channels;
using AiAccessProxy.Approvals.Teams.Inbound;

namespace AiAccessProxy.Approvals.Teams.Chat;

/// <summary>Answers what people write to the bot. Whatever it does not understand it answers with help.</summary>
internal sealed class BotCommands(TicketWords tickets, SuspendWords suspending, Replies replies)
{
    private const int Room = 300;

    /// <summary>Whether it would change something, so that the same activity must not do it twice.</summary>
    public static bool Changes(string text) => BotCommand.Read(text) is BotCommand.Suspend;

    /// <exception cref="Ledger.LedgerUnavailableException">Nothing was done or can be told.</exception>
    public async ValueTask AnswerAsync(Turn.Message message, CancellationToken cancellationToken) =>
        await replies.SayAsync(message.In, message.Activity, await WordsAsync(message, cancellationToken), cancellationToken);

    /// <summary>Says in a chat that the bot was added to one too many.</summary>
    public ValueTask HaveNoRoomAsync(Conversation conversation, CancellationToken cancellationToken) => replies.SayAsync(
        conversation, null,
        [
            "I was added to more chats than teams:maxConversations allows, so I tell of nothing here.",
            $"Whoever runs the proxy can name this one in teams:places, and add me again: {Id(conversation.Root)}",
        ],
        cancellationToken);

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
            BotCommand.WhoAmI => [.. tickets.WhoIs(by), .. PlaceOf(message)],
            BotCommand.Suspend(var agent, var reason) => await suspending.SuspendAsync(by, agent, reason),
            _ => ["I bring calls of AI agents to the people who decide on them. I understand:", .. BotCommand.Known.Select(one => $"{one.Typed} - {one.Does}")],
        };
    }

    /// <summary>What <c>teams:places</c> needs: for a channel the team too, which is what the bot was added to.</summary>
    private static IEnumerable<string> PlaceOf(Turn.Message message) => message switch
    {
        { In.Scope: ConversationScope.Personal } => [],
        { Team: { } team } when team != message.In.Root => [$"For teams:places, this is {Id(team)}/{Id(message.In.Root)}"],
        _ => [$"For teams:places, this is {Id(message.In.Root)}"],
    };

    private static string Id(string text) => SafeText.Of(text, Room).Text;
}
