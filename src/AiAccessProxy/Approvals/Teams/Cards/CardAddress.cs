using System.Text.Json;

namespace AiAccessProxy.Approvals.Teams.Cards;

/// <summary>Where one copy of a card stands: the conversation and the activity that carries it. A copy of it elsewhere has another.</summary>
internal sealed record CardAddress(Conversation In, string Activity)
{
    public override string ToString() => JsonSerializer.Serialize(this);

    /// <summary>Null: it is no address of a card in Teams.</summary>
    public static CardAddress? Of(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<CardAddress>(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>In a channel a click may name the thread, and the card may have been posted to the channel itself.</summary>
    public bool IsAt(Conversation conversation, string activity) => Activity == activity && IsIn(In, conversation);

    public static bool IsIn(Conversation one, Conversation other) =>
        one.Root == other.Root && string.Equals(one.Tenant, other.Tenant, StringComparison.OrdinalIgnoreCase);
}
