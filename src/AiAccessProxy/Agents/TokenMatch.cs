namespace AiAccessProxy.Agents;

/// <summary>Whom a good token proves.</summary>
internal abstract record TokenMatch
{
    private TokenMatch()
    {
    }

    public sealed record Found(Caller Caller) : TokenMatch;

    /// <param name="Reason">For operators; holds nothing that the token says.</param>
    public sealed record Nobody(string Reason) : TokenMatch;
}
