namespace AiAccessProxy.Control.Api.Shapes;

/// <summary>What is sent to make a key in place of another.</summary>
/// <param name="Expires">From when the new key is none; null: never, whatever the old one says.</param>
/// <param name="OverlapSeconds">For so long the old key is good beside the new one: 0 to 2,592,000 (thirty days), a day unless it is said.</param>
internal sealed record RotationBody(DateTimeOffset? Expires = null, int OverlapSeconds = 86_400);
