namespace AiAccessProxy.Control.Api.Shapes;

/// <param name="OverlapSeconds">For so long the old key is good beside the new one; a day unless it is said.</param>
internal sealed record RotationBody(DateTimeOffset? Expires = null, int OverlapSeconds = 86_400);
