namespace AiAccessProxy.Approvals.Teams.Connector;

/// <summary>What came of asking for a token for a connector.</summary>
internal abstract record ConnectorToken
{
    private ConnectorToken()
    {
    }

    public sealed record Bearer(string Text) : ConnectorToken
    {
        /// <summary>Not in any log.</summary>
        public override string ToString() => nameof(Bearer);
    }

    /// <summary>None is asked for: the playground.</summary>
    public sealed record NotNeeded : ConnectorToken;

    /// <param name="Why">For operators.</param>
    public sealed record Unavailable(string Why) : ConnectorToken;
}
