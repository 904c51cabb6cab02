namespace AiAccessProxy.Actions;

/// <summary>What became of an action that was cleared.</summary>
internal abstract record ActionOutcome(TimeSpan Duration)
{
    /// <summary>Why it was broken off, when that was for the agent's body on its way through; null otherwise.</summary>
    public BodyFault? Fault { get; init; }

    /// <summary>What the upstream failed at, in one of few words, for metrics; null when it did not, or when it was the agent's doing.</summary>
    public string? Error { get; init; }

    /// <summary>The upstream answered. <paramref name="Delivered"/>: the agent received the answer whole.</summary>
    /// <param name="BodySha256">Of the request body, when it was streamed.</param>
    public sealed record Answered(int Status, long ResponseBytes, bool Delivered, string? BodySha256, TimeSpan Duration)
        : ActionOutcome(Duration);

    /// <summary>No byte of the request reached the upstream.</summary>
    public sealed record NotSent(string Why, TimeSpan Duration) : ActionOutcome(Duration);

    /// <summary>Bytes may have reached the upstream and no answer came. Never retried.</summary>
    public sealed record Unknown(string Why, TimeSpan Duration) : ActionOutcome(Duration);
}
