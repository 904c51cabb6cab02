using AiAccessProxy.Agents;

namespace AiAccessProxy.Approvals.Roster;

/// <summary>
/// What making, rotating and revoking a key comes to, as pure functions. Never more than two keys of one chain are good at once, and none lets
/// the agent act for anybody whom the policy files do not let it act for.
/// </summary>
internal static class KeyMoves
{
    /// <summary>Keys of one agent that were made at run time and are good at once.</summary>
    public const int MostLive = 20;

    /// <summary>Keys of one agent that are kept, those that have ended included.</summary>
    public const int MostKept = 200;

    /// <summary>For so long a key that has ended is remembered: whoever made it must not approve what it may have asked for.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(90);

    /// <summary>A new key that replaces none.</summary>
    public static RosterOutcome Create(AgentStanding standing, AgentDirectory agents, KeyWish wish, DateTimeOffset now) =>
        Objection(standing, agents, wish, now) ?? Made(standing, wish, wish.Key.Id, now);

    /// <summary>A new key beside the old one, which is good for <paramref name="overlap"/> longer.</summary>
    public static RosterOutcome Rotate(AgentStanding standing, AgentDirectory agents, string old, KeyWish wish, TimeSpan overlap, DateTimeOffset now)
    {
        var keys = KeyList.Of(standing, agents);
        if (keys.Find(old) is not { } key) return new RosterOutcome.NoKey();
        var next = wish with { Key = wish.Key with { OnBehalfOf = key.Key.OnBehalfOf } };
        if (Objection(standing, agents, next, now) is { } objection) return objection;
        if (!key.IsLive(now)) return new RosterOutcome.KeyEnded();
        if (keys.LiveOf(key.Chain, now).FirstOrDefault(other => other.Key.Id != old) is { } other) return new RosterOutcome.Rotating(other.Key.Id);
        return Made(Ending(standing, key, next.By, now + overlap), next, key.Chain, now);
    }

    /// <summary>From now on the key proves nobody.</summary>
    public static RosterOutcome Revoke(AgentStanding standing, AgentDirectory agents, string id, string by, DateTimeOffset now)
    {
        if (KeyList.Of(standing, agents).Find(id) is not { } key) return new RosterOutcome.NoKey();
        if (key.EndedBy is not null && key.Ends <= now) return new RosterOutcome.Done(standing, Changed: false);
        return new RosterOutcome.Done(
            key.Issued is null
                ? Ending(standing, key, by, now)
                : standing with { Issued = [.. standing.Issued.Select(one => one == key.Issued ? one with { RevokedBy = by, RevokedAt = now } : one)] },
            Changed: true);
    }

    private static RosterOutcome? Objection(AgentStanding standing, AgentDirectory agents, KeyWish wish, DateTimeOffset now) => wish switch
    {
        _ when wish.Request is not null && standing.Issued.FirstOrDefault(key => key.Request == wish.Request) is { } same =>
            new RosterOutcome.AlreadyMade(same.Key.Id),
        _ when wish.Key.Expires <= now => new RosterOutcome.Expired(),
        _ when !agents.MayActFor(standing.Agent, wish.Key.OnBehalfOf) => new RosterOutcome.NotGranted(wish.Key.OnBehalfOf),
        _ when standing.Issued.Count(key => key.IsLive(now)) >= MostLive => new RosterOutcome.TooManyKeys(MostLive),
        _ when standing.Issued.Count(key => key.WasLiveSince(now - Remembered)) >= MostKept => new RosterOutcome.TooManyKeys(MostKept),
        _ => null,
    };

    private static RosterOutcome.KeyMade Made(AgentStanding standing, KeyWish wish, string chain, DateTimeOffset now)
    {
        var key = new IssuedKey(wish.Key, chain, wish.By, now) { Request = wish.Request };
        var kept = standing.Issued.Where(one => one.WasLiveSince(now - Remembered));
        return new(standing with { Issued = [.. kept, key] }, key);
    }

    private static AgentStanding Ending(AgentStanding standing, HeldKey key, string by, DateTimeOffset at)
    {
        if (key.Ends < at) at = key.Ends.Value;
        return key.Issued is null
            ? standing with
            {
                Ended = [.. standing.Ended.Where(ended => ended.Sha256 != key.Key.Sha256), new(key.Key.Id, key.Key.Sha256, by, at)],
            }
            : standing with
            {
                Issued = [.. standing.Issued.Select(one => one == key.Issued ? one with { Key = one.Key with { Expires = at } } : one)],
            };
    }
}
