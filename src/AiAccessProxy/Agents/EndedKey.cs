namespace AiAccessProxy.Agents;

/// <summary>A key of <c>agents.yaml</c> that was ended at run time: from <paramref name="At"/> on it proves nobody, whatever the file says.</summary>
internal sealed record EndedKey(string Id, string Sha256, string By, DateTimeOffset At);
