using System.Text.Json.Nodes;
using AiAccessProxy.Approvals.Channels;

namespace AiAccessProxy.Approvals.Teams.Cards;

/// <summary>What can be done on a card. What comes back from a button is the ticket and the copy; who clicked is never in it.</summary>
internal static class CardButtons
{
    public const int LongestReason = 1000;

    public static IEnumerable<JsonObject> Inputs(TicketCard card, string? typed)
    {
        if (card.OffersApprove || card.OffersDeny)
        {
            yield return CardElements.Trimmed(new()
            {
                ["type"] = "Input.Text",
                ["id"] = CardData.Reason,
                ["label"] = "Reason (the agent is told)",
                ["isMultiline"] = true,
                ["maxLength"] = LongestReason,
                ["value"] = typed,
            });
        }

        if (card.OffersDeny)
        {
            yield return new()
            {
                ["type"] = "Input.ChoiceSet",
                ["id"] = CardData.Why,
                ["label"] = "To deny it, choose why or say it above",
                ["style"] = "compact",
                ["placeholder"] = "Why not?",
                ["choices"] = new JsonArray([.. DenyReasons.All.Select(reason => new JsonObject { ["title"] = reason.Words, ["value"] = reason.Value })]),
            };
        }
    }

    public static IEnumerable<JsonObject> Actions(TicketCard card, string nonce, bool confirms)
    {
        if (card.OffersApprove)
        {
            yield return confirms
                ? Execute(card, nonce, "Approve: I have read all of it", CardVerbs.Confirm, "positive")
                : Execute(card, nonce, "Approve", CardVerbs.Approve, "positive");
        }

        if (card.OffersDeny) yield return Execute(card, nonce, "Deny", CardVerbs.Deny, "destructive");
        yield return new()
        {
            ["type"] = "Action.OpenUrl",
            ["title"] = card.IsOpen && card.Missing > 0 ? "Open the page to approve" : "Open the page",
            ["url"] = card.Page.AbsoluteUri,
        };
    }

    /// <summary>Each viewer's client asks for their own view; a refresh decides nothing.</summary>
    public static JsonObject Refresh(TicketCard card, string nonce, IEnumerable<string> users) => new()
    {
        ["action"] = Execute(card, nonce, "Refresh", CardVerbs.Refresh, null),
        ["userIds"] = new JsonArray([.. users.Select(user => JsonValue.Create(user))]),
    };

    private static JsonObject Execute(TicketCard card, string nonce, string title, string verb, string? style) => CardElements.Trimmed(new()
    {
        ["type"] = "Action.Execute",
        ["title"] = title,
        ["verb"] = verb,
        ["style"] = style,
        ["data"] = new JsonObject { ["ticket"] = card.Id.Value, [CardData.Nonce] = nonce },
    });
}
