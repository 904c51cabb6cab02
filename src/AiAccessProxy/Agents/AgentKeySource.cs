namespace AiAccessProxy.Agents;

/// <summary>Where on a request an agent's key or token may stand; a route's <c>agent_key</c> lists those it accepts.</summary>
internal enum AgentKeySource
{
    /// <summary><c>AiAccess-Token: key</c>, the default.</summary>
    AiAccessToken,

    /// <summary><c>Authorization: Bearer key</c>.</summary>
    Authorization,

    /// <summary><c>x-api-key: key</c>.</summary>
    XApiKey,

    /// <summary><c>api-key: key</c>.</summary>
    ApiKey,

    /// <summary><c>Authorization: Basic base64(anything:key)</c>.</summary>
    BasicPassword,
}
