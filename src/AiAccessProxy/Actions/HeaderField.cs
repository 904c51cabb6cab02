namespace AiAccessProxy.Actions;

/// <summary>One header field as it came in: name in the agent's spelling, value in visible ASCII, spaces and tabs (RFC 9110, 5.5).</summary>
internal readonly record struct HeaderField(string Name, string Value);
