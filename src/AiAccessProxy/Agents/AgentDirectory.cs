using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace AiAccessProxy.Agents;

/// <summary>
/// Every known agent, found by the hash of a key or by a token, and what was decided about it at run time. Immutable; a reload, or a decision
/// about an agent, swaps the whole directory.
/// </summary>
internal sealed class AgentDirectory
{
    private AgentRoster _roster = AgentRoster.Empty;
    private readonly FrozenDictionary<string, (Agent Agent, AgentKey Key)> _byKeyHash;
    private readonly FrozenDictionary<string, Agent> _byId;

    public AgentDirectory(IReadOnlyList<(Agent Agent, IReadOnlyList<AgentKey> Keys)> agents)
    {
        _byId = agents.ToFrozenDictionary(entry => entry.Agent.Id, entry => entry.Agent, StringComparer.Ordinal);
        _byKeyHash = agents
            .SelectMany(entry => entry.Keys, (entry, key) => (entry.Agent, Key: key))
            .ToFrozenDictionary(pair => pair.Key.Sha256, StringComparer.Ordinal);
    }

    public static AgentDirectory Empty { get; } = new([]);

    public IReadOnlyList<Agent> All => _byId.Values;

    /// <summary>Those that prove themselves by tokens of an issuer.</summary>
    public AgentTokens Tokens { get; init; } = AgentTokens.None;

    /// <summary>Every agent with everybody whom one of its keys lets it act for, by id. Whom tokens let it act for is known once they come.</summary>
    public IReadOnlyList<Caller> Callers => [.. _byKeyHash.Values
        .Select(entry => new Caller(entry.Agent, entry.Key.OnBehalfOf, $"key:{entry.Key.Id}"))
        .Concat(Tokens.Callers)
        .DistinctBy(caller => (caller.Agent.Id, caller.OnBehalfOf))
        .OrderBy(caller => caller.Agent.Id, StringComparer.Ordinal).ThenBy(caller => caller.OnBehalfOf, StringComparer.Ordinal)];

    /// <summary>What was decided at run time, as this directory knows it.</summary>
    public AgentRoster Roster => _roster;

    /// <summary>The same agents, as the files have them, with what was decided about them at run time.</summary>
    public AgentDirectory With(AgentRoster roster)
    {
        var copy = (AgentDirectory)MemberwiseClone();
        copy._roster = roster;
        return copy;
    }

    /// <summary>Null while the agent may call.</summary>
    public Suspension? SuspensionOf(string agent) => _roster.StandingOf(agent).Suspended;

    /// <summary>The keys that the files give the agent, whether or not they have expired or were ended at run time.</summary>
    public IReadOnlyList<AgentKey> WrittenKeysOf(string agent) =>
        [.. _byKeyHash.Values.Where(entry => entry.Agent.Id == agent).Select(entry => entry.Key).OrderBy(key => key.Id, StringComparer.Ordinal)];

    /// <summary>
    /// Whether the files let the agent act for this person; null: for nobody. What is made at run time never goes beyond that: an agent that
    /// acts for somebody must not come to act for nobody either, since that person could then approve its calls.
    /// </summary>
    public bool MayActFor(string agent, string? onBehalfOf)
    {
        var written = _byKeyHash.Values.Where(entry => entry.Agent.Id == agent).ToList();
        return written.Count == 0 ? onBehalfOf is null && !Tokens.MayActForPeople(agent) : written.Exists(entry => entry.Key.OnBehalfOf == onBehalfOf);
    }

    public Agent? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The caller that <paramref name="key"/> proves at <paramref name="now"/>; null when it is unknown or has expired.</summary>
    public Caller? Identify(string key, DateTimeOffset now) => Holding(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))), now);

    /// <summary>
    /// A caller as it would be identified now; null when its agent, or the key that it came with, is no longer known or has expired, or its
    /// token would prove somebody else, or act for somebody else. A token that was good when it came does not expire while its call is held:
    /// issuers make them for minutes, and people decide in as many.
    /// </summary>
    public Caller? Again(Caller caller, DateTimeOffset now)
    {
        // By the key itself: an id may stand for another key by now, because the one that came with the call was stolen.
        var again = caller.Token is { } token ? (Tokens.Match(token) as TokenMatch.Found)?.Caller
            : caller.KeySha256 is { } sha256 ? Holding(sha256, now)
            : null;
        return again is not null && again.Agent.Id == caller.Agent.Id && again.AuthenticatedBy == caller.AuthenticatedBy ? again : null;
    }

    private Caller? Holding(string sha256, DateTimeOffset now)
    {
        // A key that was made at run time ends when it was told to, even if somebody has written it into the files since.
        if (_roster.IsEnded(sha256, now) || _roster.FindIssued(sha256)?.Key.IsLive(now) == false) return null;
        if (_byKeyHash.TryGetValue(sha256, out var written))
            return written.Key.Expires <= now ? null : CallerBy(written.Agent, written.Key);
        return _roster.FindIssued(sha256) is var (id, issued) && issued.IsLive(now)
            && Find(id) is { } agent && MayActFor(id, issued.Key.OnBehalfOf)
            ? CallerBy(agent, issued.Key)
            : null;
    }

    private static Caller CallerBy(Agent agent, AgentKey key) => new(agent, key.OnBehalfOf, $"key:{key.Id}") { KeySha256 = key.Sha256 };
}
