namespace AiAccessProxy.Tests.Approvals.Teams.Cards;

/// <summary>What stands, and can be done, on a card that Microsoft's renderer has made elements of a page of.</summary>
/// <param name="Runs">Texts of the card's text runs, as the card has them.</param>
/// <param name="Text">The same as the page has them.</param>
/// <param name="Shape">Elements and attributes without words.</param>
/// <param name="Clicked">What each button did, as JSON.</param>
internal sealed record RenderedCard(
    IReadOnlyList<string> Runs, IReadOnlyList<string> Text, IReadOnlyList<string> Tags, int Inputs, IReadOnlyList<string> Links,
    IReadOnlyList<string> Buttons, IReadOnlyList<System.Text.Json.JsonElement> Clicked, string Shape);
