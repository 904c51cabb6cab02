using System.Text.Json;

namespace AiAccessProxy.Approvals.Teams.Cards;

/// <summary>What comes back from a card: what the button was given, and what was typed. Anybody can make it up; it names, and proves nothing.</summary>
internal sealed record CardData(TicketId Ticket, string Copy, string? Typed, string? Chosen)
{
    public const string Reason = "reason";
    public const string Why = "why";
    public const string Nonce = "copy";

    private const int LongestId = 64;

    /// <summary>Null: it is of no card of this house.</summary>
    public static CardData? Of(JsonElement data) =>
        Text(data, "ticket") is { Length: > 0 and <= LongestId } ticket && Text(data, Nonce) is { Length: > 0 and <= LongestId } nonce
            ? new(new(ticket), nonce, Text(data, Reason), Text(data, Why))
            : null;

    private static string? Text(JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
