namespace AiAccessProxy.Agents;

/// <summary>Finds out from a request's headers who is calling.</summary>
internal static class AgentIdentification
{
    /// <summary>
    /// The one caller that the keys in <paramref name="sources"/> prove. Null when there is none, when two keys prove different callers, or
    /// when a header that may hold the key is repeated.
    /// </summary>
    public static Caller? Identify(
        IHeaderDictionary headers, IReadOnlyList<AgentKeySource> sources, AgentDirectory directory, DateTimeOffset now)
    {
        Caller? known = null;
        foreach (var source in sources)
        {
            var values = headers[source.HeaderName()];
            if (values.Count > 1) return null;
            if (values.Count == 0 || source.KeyIn(values[0] ?? "") is not { } key) continue;
            if (directory.Identify(key, now) is not { } caller) continue; // not every credential is a key of ours
            if (known is not null && known != caller) return null;
            known = caller;
        }

        return known;
    }
}
