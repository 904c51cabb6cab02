namespace AiAccessProxy.Control.Guarding;

/// <summary>Who may come to an endpoint. One that says nothing is closed.</summary>
internal enum Surface
{
    /// <summary>Anybody: probes, the sign-in page and what it is drawn with.</summary>
    Open,

    /// <summary>A person who has signed in with this browser.</summary>
    Page,

    /// <summary>A channel that brings what people do in it, proven by a token of its own; cookies, keys and tokens of people mean nothing here.</summary>
    Channel,

    /// <summary>A person's key or token in <c>Authorization: Bearer</c>; cookies mean nothing here.</summary>
    Api,
}
