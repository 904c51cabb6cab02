namespace AiAccessProxy.Control.Reading;

/// <summary>What an agent did: counts since midnight (UTC), and when it was last seen at all.</summary>
/// <param name="LastHour">Calls of the last 60 minutes, to the minute.</param>
/// <param name="KeysLastUsed">When each way of proving who it is was last good, by its name on records (<c>key:k1</c>).</param>
internal sealed record AgentActivity(
    long Allowed, long Denied, long Asked, long Refused, long LastHour, DateTimeOffset? LastSeen, IReadOnlyDictionary<string, DateTimeOffset> KeysLastUsed)
{
    public static AgentActivity None { get; } = new(0, 0, 0, 0, 0, null, new Dictionary<string, DateTimeOffset>());
}
