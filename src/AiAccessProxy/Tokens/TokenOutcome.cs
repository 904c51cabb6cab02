namespace AiAccessProxy.Tokens;

/// <summary>What a text proves that came where a credential comes.</summary>
internal abstract record TokenOutcome
{
    private TokenOutcome()
    {
    }

    /// <summary>It is a token of <paramref name="Issuer"/>, meant for its audience, and good now.</summary>
    public sealed record Proven(Issuer Issuer, Claims Claims) : TokenOutcome;

    /// <summary>It has the form of a token, and proves nothing.</summary>
    /// <param name="Reason">For operators; it holds nothing that the token says. Whoever sent it is not told.</param>
    public sealed record Refused(TokenFault Fault, string Reason) : TokenOutcome;

    /// <summary>It does not have the form of a token: a key, perhaps.</summary>
    public sealed record NoToken : TokenOutcome;
}
