using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace AiAccessProxy.Agents;

/// <summary>Every known agent, found by the hash of a key. Immutable; a reload swaps the whole directory.</summary>
internal sealed class AgentDirectory
{
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

    /// <summary>Every agent with everybody whom one of its keys lets it act for, by id.</summary>
    public IReadOnlyList<Caller> Callers => [.. _byKeyHash.Values
        .Select(entry => new Caller(entry.Agent, entry.Key.OnBehalfOf, $"key:{entry.Key.Id}"))
        .DistinctBy(caller => (caller.Agent.Id, caller.OnBehalfOf))
        .OrderBy(caller => caller.Agent.Id, StringComparer.Ordinal).ThenBy(caller => caller.OnBehalfOf, StringComparer.Ordinal)];

    public Agent? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The caller that <paramref name="key"/> proves at <paramref name="now"/>; null when it is unknown or has expired.</summary>
    public Caller? Identify(string key, DateTimeOffset now) => Holding(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))), now);

    /// <summary>
    /// A caller as it would be identified now; null when its agent, or the key that it came with, is no longer known or has expired.
    /// </summary>
    public Caller? Again(Caller caller, DateTimeOffset now)
    {
        // By the key itself: an id may stand for another key by now, because the one that came with the call was stolen.
        if (caller.KeySha256 is not { } sha256 || Holding(sha256, now) is not { } again) return null;
        return again.Agent.Id == caller.Agent.Id && again.AuthenticatedBy == caller.AuthenticatedBy ? again : null;
    }

    private Caller? Holding(string sha256, DateTimeOffset now) =>
        _byKeyHash.TryGetValue(sha256, out var found) && (found.Key.Expires is not { } expires || now < expires)
            ? new(found.Agent, found.Key.OnBehalfOf, $"key:{found.Key.Id}") { KeySha256 = sha256 }
            : null;
}
