using AiAccessProxy.Agents;

namespace AiAccessProxy.Policies;

/// <summary>
/// Holds the snapshot in force: the files, and what was decided about agents since. Readers take <see cref="Current"/> once for each call.
/// </summary>
internal sealed class PolicyStore(PolicySnapshot first)
{
    private readonly Lock _swapping = new();
    private volatile PolicySnapshot _current = first;
    private volatile PolicyRefusal? _lastRefusal;

    public PolicySnapshot Current => _current;

    /// <summary>The change that was refused last; null when the files are as <see cref="Current"/> says.</summary>
    public PolicyRefusal? LastRefusal => _lastRefusal;

    /// <summary>
    /// Runs before a snapshot comes into force, the first one included (which is in force before it listens). What it throws keeps the
    /// old one in force; it is tried again.
    /// </summary>
    public Func<PolicySnapshot, CancellationToken, ValueTask>? BeforeSwap { get; set; }

    /// <summary>Runs when a change was refused. When it throws it is tried again.</summary>
    public Func<PolicyRefusal, CancellationToken, ValueTask>? OnRefusal { get; set; }

    /// <summary>Puts <paramref name="next"/> into force, unless <see cref="BeforeSwap"/> throws.</summary>
    public async ValueTask SwapAsync(PolicySnapshot next, CancellationToken cancellationToken)
    {
        if (BeforeSwap is { } hook) await hook(next, cancellationToken);
        lock (_swapping) _current = next with { Agents = next.Agents.With(_current.Agents.Roster) };
        _lastRefusal = null;
        PolicySignals.Loaded();
    }

    /// <summary>Puts what was decided about an agent into force, unless something newer is in force.</summary>
    /// <param name="revision">That of the agent's register.</param>
    public void Enroll(AgentStanding standing, long revision)
    {
        lock (_swapping)
        {
            var before = _current.Agents.Roster;
            var after = before.With(standing, revision);
            if (after != before) _current = _current with { Agents = _current.Agents.With(after) };
        }
    }

    /// <summary>Keeps what is in force, and says why.</summary>
    public async ValueTask RefuseAsync(PolicyRefusal refusal, CancellationToken cancellationToken)
    {
        _lastRefusal = refusal;
        if (OnRefusal is { } hook) await hook(refusal, cancellationToken);
        PolicySignals.Refused();
    }

    /// <summary>The files are again what is in force already.</summary>
    public void Settle() => _lastRefusal = null;
}
