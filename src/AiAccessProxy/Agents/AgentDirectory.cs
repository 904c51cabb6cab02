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

    public Agent? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The caller that <paramref name="key"/> proves at <paramref name="now"/>; null when it is unknown or has expired.</summary>
    public Caller? Identify(string key, DateTimeOffset now)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        return _byKeyHash.TryGetValue(hash, out var found) && (found.Key.Expires is not { } expires || now < expires)
            ? new Caller(found.Agent, found.Key.OnBehalfOf, $"key:{found.Key.Id}")
            : null;
    }

    /// <summary>
    /// A caller as it would be identified now; null when its agent, or the key that it came with, is no longer known or has expired.
    /// </summary>
    public Caller? Again(Caller caller, DateTimeOffset now)
    {
        foreach (var (agent, key) in _byKeyHash.Values)
        {
            if (agent.Id == caller.Agent.Id && $"key:{key.Id}" == caller.AuthenticatedBy && (key.Expires is not { } expires || now < expires))
                return new(agent, key.OnBehalfOf, caller.AuthenticatedBy);
        }

        return null;
    }
}
