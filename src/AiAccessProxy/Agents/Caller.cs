namespace AiAccessProxy.Agents;

/// <summary>Who is calling, for whom, and how that was established (<c>key:k1</c>, <c>token:entra</c>).</summary>
internal sealed record Caller(Agent Agent, string? OnBehalfOf, string AuthenticatedBy)
{
    /// <summary>SHA-256 of the key that came with the call, in lower-case hex; null when it came with none.</summary>
    public string? KeySha256 { get; init; }

    /// <summary>The token that came with the call; null when it came with none.</summary>
    public TokenProof? Token { get; init; }
}
