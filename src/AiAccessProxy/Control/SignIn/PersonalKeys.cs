using System.Net;
using AiAccessProxy.Approvals;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Control.SignIn;

/// <summary>Tells people by their personal keys, and strangers how to get in.</summary>
internal sealed class PersonalKeys(PolicyStore policies, FailedTries tries, RefusalCounter refusals, TimeProvider time)
{
    /// <summary>The person that <paramref name="key"/> proves; an agent's key proves nobody, even if it were a person's too.</summary>
    public (Viewer Viewer, string Sha256)? Find(string key)
    {
        var now = time.GetUtcNow();
        return !IsAgents(key) && policies.Current.People.Identify(key, now) is var (person, proof)
            ? (new Viewer(person, $"key:{proof.Id}", null), proof.Sha256)
            : null;
    }

    /// <summary>Whether it is an agent's key, or a token that says that it is for agents, good or not.</summary>
    public bool IsAgents(string key) =>
        policies.Current.Agents.Identify(key, time.GetUtcNow()) is not null || policies.Current.Agents.Tokens.IsMeant(key);

    /// <summary>How long this address has to wait before it may try another key; null when it may try now.</summary>
    public TimeSpan? WaitOf(IPAddress? address) => tries.WaitOf(address);

    /// <summary>Counts a sign-in that failed.</summary>
    public void Failed(ControlProblem problem, IPAddress? address)
    {
        tries.Add(address);
        refusals.Count(problem.Kind);
    }

    /// <summary>Counts a key that proved nobody.</summary>
    public ControlProblem Refuse(string key, IPAddress? address)
    {
        if (IsAgents(key)) return RefuseAgent();
        Failed(ControlProblem.UnknownKey, address);
        return tries.WaitOf(address) is { } wait ? ControlProblem.TooManyTries(wait) : ControlProblem.UnknownKey;
    }

    /// <summary>Counts an agent that came here.</summary>
    public ControlProblem RefuseAgent() => Refuse(ControlProblem.AgentKey);

    /// <summary>Counts somebody who proved something and is not let in by it.</summary>
    public ControlProblem Refuse(ControlProblem problem)
    {
        refusals.Count(problem.Kind);
        return problem;
    }
}
