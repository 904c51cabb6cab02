namespace AiAccessProxy.Approvals.Teams.Connector;

/// <summary>What became of one request to the connector. It was sent once; whether and when to send it again is the caller's.</summary>
internal abstract record ConnectorOutcome
{
    private ConnectorOutcome()
    {
    }

    /// <summary>It was done.</summary>
    /// <param name="Conversation">Where the activity stands: for one that was opened, its id.</param>
    /// <param name="Activity">What a card binds to and is updated by; empty for a conversation that was opened without an activity.</param>
    public sealed record Posted(string Conversation, string Activity) : ConnectorOutcome;

    /// <summary>Not now (429, 412, 502, 504): <see cref="Channels.BackOff"/> says when.</summary>
    /// <param name="After">What the connector asked for; null when it did not say.</param>
    public sealed record Throttled(TimeSpan? After) : ConnectorOutcome;

    /// <summary>The conversation or activity is not there any more, or the bot may not be in it (403, 404, 410).</summary>
    public sealed record Gone(string Why) : ConnectorOutcome;

    /// <summary>It will not be done, however often it is sent.</summary>
    /// <param name="Why">For operators; nothing of what was to be said.</param>
    public sealed record Refused(string Why) : ConnectorOutcome;

    /// <summary>No answer, or none that can be read. It may or may not have been done.</summary>
    public sealed record Unreachable(string Why) : ConnectorOutcome;
}
