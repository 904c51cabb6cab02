using AiAccessProxy.Ledger;

namespace AiAccessProxy.Control.Reading;

/// <summary>What each rule and each agent did since midnight (UTC), and when agents and their keys were last seen. A reader over the ledger.</summary>
internal sealed class Today(TimeProvider time)
{
    /// <summary>Of rules, and of agents: more than any policy has. What comes beyond is not counted.</summary>
    private const int Most = 20_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Route, string Rule), RuleDay> _rules = [];
    private readonly Dictionary<string, AgentDay> _agents = new(StringComparer.Ordinal);
    private DateOnly _day;
    private (string? Hash, DateTimeOffset At) _policy;

    /// <summary>What a rule did today; nothing when it is not known to have done anything.</summary>
    public RuleDay OfRule(string route, string rule)
    {
        lock (_lock)
        {
            Turn(time.GetUtcNow());
            return _rules.GetValueOrDefault((route, rule), RuleDay.Nothing);
        }
    }

    /// <summary>What an agent did today, and when it was last seen.</summary>
    public AgentActivity OfAgent(string agent)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            Turn(now);
            return _agents.TryGetValue(agent, out var day) ? day.At(now) : AgentActivity.None;
        }
    }

    /// <summary>When the policy of this hash came into force; null when that is not the one that came last.</summary>
    public DateTimeOffset? LoadedAt(string policy)
    {
        lock (_lock) return _policy.Hash == policy ? _policy.At : null;
    }

    /// <summary>Called for every entry in order, never twice at once.</summary>
    public void Take(Entry entry)
    {
        lock (_lock)
        {
            Turn(entry.StoredAt);
            var record = entry.Record;
            if (record.Kind == RecordKind.PolicyLoaded) _policy = (record.Policy, entry.StoredAt);
            if (record.Agent is { } agent) DayOf(agent.Id)?.Take(record, entry.StoredAt, DateOf(entry.StoredAt) == _day);
            if (DateOf(entry.StoredAt) != _day || record.Action?.Route is not { } route) return;
            foreach (var rule in record.Rules ?? []) Count((route, rule), day => day.With(record));
            if (record.Kind is not (RecordKind.Decided or RecordKind.TicketOpened)) return;
            foreach (var rule in record.Observed ?? []) Count((route, rule), day => day with { Observed = day.Observed + 1 });
        }
    }

    private static DateOnly DateOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    /// <summary>Forgets yesterday. The store's clock never goes back, and ours is not asked for entries.</summary>
    private void Turn(DateTimeOffset at)
    {
        if (DateOf(at) <= _day) return;
        _day = DateOf(at);
        _rules.Clear();
        foreach (var agent in _agents.Values) agent.Turn();
    }

    private void Count((string Route, string Rule) rule, Func<RuleDay, RuleDay> step)
    {
        if (_rules.TryGetValue(rule, out var day) || _rules.Count < Most) _rules[rule] = step(day ?? RuleDay.Nothing);
    }

    private AgentDay? DayOf(string agent)
    {
        if (_agents.TryGetValue(agent, out var day) || _agents.Count >= Most) return day;
        return _agents[agent] = new();
    }
}
