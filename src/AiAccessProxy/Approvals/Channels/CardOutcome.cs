namespace AiAccessProxy.Approvals.Channels;

/// <summary>What became of one try to show a card.</summary>
internal abstract record CardOutcome
{
    private CardOutcome()
    {
    }

    /// <summary>It stands there.</summary>
    /// <param name="Address">What the channel knows the card by, for updates and for what comes back from it; at most a few hundred characters.</param>
    public sealed record Shown(string Address) : CardOutcome;

    /// <summary>Not now; nothing was shown.</summary>
    /// <param name="After">What the channel asked to wait; null when it did not say.</param>
    public sealed record Throttled(TimeSpan? After) : CardOutcome;

    /// <summary>The place or the card is not there any more, or was never: nothing will be shown there.</summary>
    /// <param name="Why">For operators; nothing of what was to be shown.</param>
    public sealed record Gone(string Why) : CardOutcome;

    /// <summary>It will not be shown, however often it is tried.</summary>
    /// <inheritdoc cref="Gone"/>
    public sealed record Refused(string Why) : CardOutcome;

    /// <summary>No answer: it may have been shown.</summary>
    /// <inheritdoc cref="Gone"/>
    public sealed record Unreachable(string Why) : CardOutcome;
}
