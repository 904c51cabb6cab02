namespace AiAccessProxy.Agents;

/// <summary>How an agent's key stands in a request's headers.</summary>
internal static class AgentKeys
{
    private const string Bearer = "Bearer ";

    /// <summary>The header that holds the key.</summary>
    public static string HeaderName(this AgentKeySource source) => source switch
    {
        AgentKeySource.AiAccessToken => "AiAccess-Token",
        AgentKeySource.Authorization => "Authorization",
        AgentKeySource.XApiKey => "x-api-key",
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, null),
    };

    /// <summary>The key in a value of that header; null when it holds none.</summary>
    public static string? KeyIn(this AgentKeySource source, string value)
    {
        if (source != AgentKeySource.Authorization) return value.Length == 0 ? null : value;
        if (!value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return null;
        var key = value[Bearer.Length..].Trim(' ');
        return key.Length == 0 ? null : key;
    }
}
