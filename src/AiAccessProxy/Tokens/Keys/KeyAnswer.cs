namespace AiAccessProxy.Tokens.Keys;

/// <summary>What became of the search for the key of a token.</summary>
internal abstract record KeyAnswer
{
    private KeyAnswer()
    {
    }

    public sealed record Found(SigningKey Key) : KeyAnswer;

    /// <summary>The issuer's keys are there, and none or more than one is meant.</summary>
    public sealed record Unknown : KeyAnswer;

    /// <param name="Why">For operators.</param>
    public sealed record Unavailable(string Why) : KeyAnswer;
}
