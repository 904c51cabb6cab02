using AiAccessProxy.Approvals.Roster;
using AiAccessProxy.Control.Reading;

namespace AiAccessProxy.Control.Api.Shapes;

/// <summary>A key of an agent. Neither its text nor its hash is told.</summary>
/// <param name="Chain">The same for a key and those that replaced it.</param>
/// <param name="Ends">When it stops, or has stopped, proving anybody; null never.</param>
/// <param name="LastUsed">When it was last good for something that is on record; null when that is not known.</param>
internal sealed record KeyJson(
    string Id, KeyOrigin Origin, bool Live, string? OnBehalfOf, string Chain, DateTimeOffset? Ends, string? EndedBy,
    string? MadeBy, DateTimeOffset? MadeAt, DateTimeOffset? LastUsed)
{
    public static KeyJson Of(HeldKey key, AgentActivity activity, DateTimeOffset now) => new(
        key.Key.Id, key.Issued is null ? KeyOrigin.File : KeyOrigin.Issued, key.IsLive(now), key.Key.OnBehalfOf, key.Chain, key.Ends, key.EndedBy,
        key.Issued?.MadeBy, key.Issued?.MadeAt, activity.KeysLastUsed.TryGetValue($"key:{key.Key.Id}", out var used) ? used : null);
}
