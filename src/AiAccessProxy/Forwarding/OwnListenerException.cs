namespace AiAccessProxy.Forwarding;

/// <summary>The upstream resolves to a listener of this proxy: it was not connected to.</summary>
internal sealed class OwnListenerException() : IOException("The upstream resolves to a listener of this proxy.");
