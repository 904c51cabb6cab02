namespace AiAccessProxy.Agents;

/// <summary>Where on a request an agent's key may stand; a route's <c>agent_key</c> lists those it accepts.</summary>
internal enum AgentKeySource
{
    /// <summary><c>AiAccess-Token: key</c>, the default.</summary>
    AiAccessToken,

    /// <summary><c>Authorization: Bearer key</c>.</summary>
    Authorization,

    /// <summary><c>x-api-key: key</c>.</summary>
    XApiKey,
}
