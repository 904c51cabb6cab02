namespace AiAccessProxy.Agents;

/// <summary>A key that was made at run time. Whoever made it has seen it, and so could call as the agent.</summary>
/// <param name="Chain">Id of the key that the first of a row of rotations replaced; its own when it replaced none.</param>
internal sealed record IssuedKey(AgentKey Key, string Chain, string MadeBy, DateTimeOffset MadeAt)
{
    /// <summary>SHA-256 of what made the request that made it recognizable, so that its repeat makes no second key; null when nothing did.</summary>
    public string? Request { get; init; }

    public string? RevokedBy { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public bool IsLive(DateTimeOffset now) => !(RevokedAt <= now) && !(Key.Expires <= now);

    /// <summary>Whether it could be used at <paramref name="at"/>, to the instant, or later.</summary>
    public bool WasLiveSince(DateTimeOffset at) => !(RevokedAt < at) && !(Key.Expires < at);
}
