namespace AiAccessProxy.Agents;

/// <summary>Finds out from a request's headers who is calling.</summary>
internal static class AgentIdentification
{
    /// <summary>
    /// The one caller that the keys in <paramref name="sources"/> prove. Null when there is none, when two keys prove different callers, or
    /// when a header that may hold the key is repeated.
    /// </summary>
    public static Caller? Identify(
        IHeaderDictionary headers, IReadOnlyList<AgentKeySource> sources, AgentDirectory directory, DateTimeOffset now) =>
        throw new NotImplementedException();
}
