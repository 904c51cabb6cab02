using System.Text.Json;
using AiAccessProxy.Approvals.Teams.Connector;

namespace AiAccessProxy.Approvals.Teams.Inbound;

/// <summary>Tells one kind of activity from another.</summary>
/// <param name="by">Null where it does not matter who it was.</param>
internal sealed class TurnKinds(ActivityJson activity, Conversation conversation, Sender? by)
{
    private static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement;

    private string? Bot => activity.Object("recipient")?.Text("id");

    private string? Team => conversation.Scope == ConversationScope.Channel ? activity.Object("channelData")?.Object("team")?.Text("id") : null;

    /// <summary>Null for a click that cannot be one.</summary>
    public Turn? Of(string type) => type switch
    {
        "message" => Message(),
        "invoke" => Invoke(),
        "installationUpdate" => activity.Text("action") switch
        {
            "add" or "add-upgrade" => Installed(),
            "remove" => new Turn.Removed(conversation),
            _ => Ignored("an installation that neither begins nor ends"),
        },
        "conversationUpdate" => Update(),
        _ => Ignored("a type of activity that nothing follows from"),
    };

    private Turn Message()
    {
        // What a card of the older kind submits comes as a message with a value; no card here is of that kind.
        if (activity.Has("value") || activity.Text("text") is not { } text) return Ignored("a message without text");
        return new Turn.Message(conversation, activity.Text("id")!, by!, WrittenText.Of(text)) { Team = Team };
    }

    private Turn? Invoke()
    {
        if (activity.Text("name") != "adaptiveCard/action") return Ignored("an invoke that is no click on a card");
        if (activity.Text("replyToId") is not { } card || !ConnectorClient.IsId(card)) return null;
        if (activity.Object("value") is not { } value || value.Object("action") is not { } action) return null;
        if (action.Text("type") != "Action.Execute" || action.Text("verb") is not { Length: <= 64 } verb) return null;
        var data = action.Object("data")?.Members ?? Nothing;
        // Only a click decides, so whatever is not certain to be one is none.
        return value.Text("trigger") is null or "manual" && verb != Turn.Refresh.Verb
            ? new Turn.Click(conversation, card, by!, verb, data)
            : new Turn.Refresh(conversation, card, by!, data);
    }

    private Turn Update() => activity switch
    {
        _ when IsBotAmong("membersAdded") => Installed(),
        _ when IsBotAmong("membersRemoved") || activity.Object("channelData")?.Text("eventType") == "teamDeleted" => new Turn.Removed(conversation),
        _ => Ignored("a change of a conversation that the bot is not part of"),
    };

    private Turn Installed() => Bot is not { } bot
        ? Ignored("an installation of nobody")
        : new Turn.Installed(conversation, new(bot)
        {
            Team = Team,
            ObjectId = conversation.Scope == ConversationScope.Personal ? activity.Object("from")?.Text("aadObjectId")?.ToLowerInvariant() : null,
            User = conversation.Scope == ConversationScope.Personal ? activity.Object("from")?.Text("id") : null,
        });

    private bool IsBotAmong(string members) => Bot is { } bot && activity.Objects(members).Any(member => member.Text("id") == bot);

    private Turn.Ignored Ignored(string why) => new(conversation, why);
}
