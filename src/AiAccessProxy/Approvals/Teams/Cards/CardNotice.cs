using System.Text.Json.Nodes;
using AiAccessProxy.Approvals.Channels;

namespace AiAccessProxy.Approvals.Teams.Cards;

/// <summary>What one viewer is told about what they just did, above the card.</summary>
/// <param name="Confirms">The card's Approve is the second tap.</param>
/// <param name="Typed">What they typed, so that nobody has to type it again.</param>
internal sealed record CardNotice(string Words, bool IsGood, bool Confirms = false, string? Typed = null)
{
    private const int Longest = 600;

    /// <summary>They tried what their card did not offer, and the desk was not asked.</summary>
    public bool IsRefused { get; init; }

    public JsonObject ToElement() => CardElements.Container(
        IsGood ? "good" : "attention", null, isVisible: true, CardElements.Line(CardElements.Said(SafeText.Of(Words, Longest))));
}
