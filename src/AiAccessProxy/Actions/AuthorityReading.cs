namespace AiAccessProxy.Actions;

/// <summary>What came out of reading an authority.</summary>
internal abstract record AuthorityReading
{
    private AuthorityReading()
    {
    }

    public sealed record Read(Authority Authority) : AuthorityReading;

    /// <summary><paramref name="Why"/> and <paramref name="Remedy"/> follow on the text that was read.</summary>
    public sealed record Refused(string Why, string Remedy) : AuthorityReading;
}
