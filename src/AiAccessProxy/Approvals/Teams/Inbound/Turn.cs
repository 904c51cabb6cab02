using System.Text.Json;

namespace AiAccessProxy.Approvals.Teams.Inbound;

/// <summary>
/// What happened in Teams, read from an activity whose token proved the channel. Texts and data in it are what somebody sent; only
/// <see cref="Sender"/> and the conversation are known to be true.
/// </summary>
/// <param name="In">Where it happened.</param>
internal abstract record Turn(Conversation In)
{
    /// <summary>Somebody clicked on a card: an invoke <c>adaptiveCard/action</c>. It is answered in the response.</summary>
    /// <param name="Card">Id of the activity that carries the card (<c>replyToId</c>); with the conversation it says which copy was clicked.</param>
    /// <param name="Verb">Of the action.</param>
    /// <param name="Data">An object: what the card gave the action and what was typed; anybody can make up both.</param>
    public sealed record Click(Conversation In, string Card, Sender By, string Verb, JsonElement Data) : Turn(In);

    /// <summary>A card asks, by itself or by its menu, to be shown for one viewer. It never decides anything, whatever its verb says.</summary>
    /// <param name="Card">As for <see cref="Click"/>.</param>
    public sealed record Refresh(Conversation In, string Card, Sender By, JsonElement Data) : Turn(In)
    {
        /// <summary>The verb of a card's <c>refresh</c>: nothing else has it, and what has it never counts as a click.</summary>
        public const string Verb = "refresh";
    }

    /// <summary>Somebody wrote to the bot.</summary>
    /// <param name="Activity">Id of what they wrote, to answer to.</param>
    /// <param name="Text">Without the mention of the bot, on one line, at most <see cref="LongestText"/> characters.</param>
    public sealed record Message(Conversation In, string Activity, Sender By, string Text) : Turn(In)
    {
        public const int LongestText = 1000;

        /// <summary>Id of the team; for a channel.</summary>
        public string? Team { get; init; }
    }

    /// <summary>The bot may post here from now on.</summary>
    /// <param name="Around">Who or what is there.</param>
    public sealed record Installed(Conversation In, Surroundings Around) : Turn(In);

    /// <summary>The bot may not post here any more.</summary>
    public sealed record Removed(Conversation In) : Turn(In);

    /// <summary>Nothing that anything here follows from.</summary>
    /// <param name="Why">For the log; nothing that was sent.</param>
    public sealed record Ignored(Conversation In, string Why) : Turn(In);
}
