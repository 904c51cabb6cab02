using System.Collections.Immutable;

namespace AiAccessProxy.Agents;

/// <summary>
/// What was decided about all agents at run time, as far as this instance has heard, with the revision of each agent's register. Immutable.
/// </summary>
internal sealed class AgentRoster
{
    private readonly ImmutableDictionary<string, (AgentStanding Standing, long Revision)> _agents;
    private readonly ImmutableDictionary<string, (string Agent, IssuedKey Key)> _issued;
    private readonly ImmutableDictionary<string, DateTimeOffset> _ended;

    private AgentRoster(
        ImmutableDictionary<string, (AgentStanding Standing, long Revision)> agents,
        ImmutableDictionary<string, (string Agent, IssuedKey Key)> issued,
        ImmutableDictionary<string, DateTimeOffset> ended) => (_agents, _issued, _ended) = (agents, issued, ended);

    public static AgentRoster Empty { get; } = new(
        ImmutableDictionary.Create<string, (AgentStanding Standing, long Revision)>(StringComparer.Ordinal),
        ImmutableDictionary.Create<string, (string Agent, IssuedKey Key)>(StringComparer.Ordinal),
        ImmutableDictionary.Create<string, DateTimeOffset>(StringComparer.Ordinal));

    /// <summary>0 when nothing was ever decided about the agent.</summary>
    public long RevisionOf(string agent) => _agents.TryGetValue(agent, out var known) ? known.Revision : 0;

    public AgentStanding StandingOf(string agent) => _agents.TryGetValue(agent, out var known) ? known.Standing : new(agent);

    public (string Agent, IssuedKey Key)? FindIssued(string sha256) => _issued.TryGetValue(sha256, out var found) ? found : null;

    public bool IsEnded(string sha256, DateTimeOffset now) => _ended.TryGetValue(sha256, out var at) && at <= now;

    /// <summary>With this standing of its agent, unless a newer one is known: then it is this very roster.</summary>
    public AgentRoster With(AgentStanding standing, long revision)
    {
        if (RevisionOf(standing.Agent) >= revision) return this;
        var before = StandingOf(standing.Agent);
        return new(
            _agents.SetItem(standing.Agent, (standing, revision)),
            _issued.RemoveRange(before.Issued.Select(key => key.Key.Sha256))
                .AddRange(standing.Issued.Select(key => KeyValuePair.Create(key.Key.Sha256, (standing.Agent, key)))),
            _ended.RemoveRange(before.Ended.Select(key => key.Sha256))
                .SetItems(standing.Ended.Select(key => KeyValuePair.Create(key.Sha256, key.At))));
    }
}
