using System.Text.Json;
using System.Text.Json.Nodes;
using AiAccessProxy.Approvals.Channels;

namespace AiAccessProxy.Approvals.Teams.Cards;

/// <summary>A ticket's card as Teams takes it: an Adaptive Card 1.5 that is never larger than Teams takes.</summary>
/// <param name="Drawn">What it says.</param>
internal sealed record TeamsCard(TicketCard Drawn, JsonObject Content)
{
    /// <summary>Teams takes 28 KB, with the activity around the card; what is answered to one viewer has a notice besides.</summary>
    public const int MaxBytes = 24 * 1024;

    public const int MaxUsers = 60;

    private static readonly CardRoom[] Rooms = [new(6000, 400, 10), new(2500, 200, 5), new(600, 100, 3), new(0, 40, 2)];

    /// <param name="users">Ids in Teams of those who get a view of their own.</param>
    public static TeamsCard Of(CardCopy copy, IEnumerable<string> users, CardNotice? notice = null)
    {
        var ids = users.Take(MaxUsers).ToList();
        // The room is chosen without the notice: what is offered must not depend on what somebody was just told.
        var drawn = Rooms.Select(room => CardDrawing.Of(copy.Sight, room));
        var card = drawn.SkipWhile((one, index) => index < Rooms.Length - 1 && Size(Shape(one, copy.Nonce, ids, null)) > MaxBytes).First();
        return new(card, Shape(card, copy.Nonce, ids, notice));
    }

    public static int Size(JsonObject card) => JsonSerializer.SerializeToUtf8Bytes(card).Length;

    private static JsonObject Shape(TicketCard card, string nonce, IReadOnlyList<string> users, CardNotice? notice) => new()
    {
        ["type"] = "AdaptiveCard",
        ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
        ["version"] = "1.5",
        // Whatever the viewer's own language: amounts and what stands between them are drawn as they are sent.
        ["rtl"] = false,
        ["refresh"] = CardButtons.Refresh(card, nonce, users),
        ["body"] = new JsonArray([.. notice is null ? [] : new[] { notice.ToElement() }, .. CardBody.Of(card), .. CardButtons.Inputs(card, notice?.Typed)]),
        ["actions"] = new JsonArray([.. CardButtons.Actions(card, nonce, notice is { Confirms: true })]),
        ["msteams"] = new JsonObject { ["width"] = "Full" },
    };
}
