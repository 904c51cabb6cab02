using System.Text.Json.Nodes;
using AiAccessProxy.Approvals.Channels;

namespace AiAccessProxy.Approvals.Teams.Cards;

/// <summary>The message that carries a card. Its summary stands on locked phones: it is made of what the policy files say, and of nothing that an agent sends.</summary>
internal static class CardActivity
{
    public static JsonObject Of(TeamsCard card) => new()
    {
        ["type"] = "message",
        ["summary"] = SummaryOf(card.Drawn),
        ["attachments"] = new JsonArray(new JsonObject
        {
            ["contentType"] = "application/vnd.microsoft.card.adaptive",
            ["content"] = card.Content.DeepClone(),
        }),
    };

    public static string SummaryOf(TicketCard card) =>
        $"{StatusWords.Of(card.Status)} ({card.Risk.ToString().ToLowerInvariant()} risk): agent {card.Agent}, route {card.Route}";
}
