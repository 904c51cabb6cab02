using System.Collections.Concurrent;
using AiAccessProxy.People;
using AiAccessProxy.Policies;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Control.SignIn;

/// <summary>Every open session, in memory: a restart signs everybody out. A session is found by the hash of its id.</summary>
internal sealed class SessionStore(PolicyStore policies, IOptions<ControlOptions> options, TimeProvider time)
{
    /// <summary>Sessions a person may have at once; a further one ends the oldest.</summary>
    private const int MaxPerPerson = 20;

    private readonly ConcurrentDictionary<string, Session> _byHash = new(StringComparer.Ordinal);

    /// <summary>Always under a new id: one that a browser held before is worth nothing afterwards.</summary>
    public string Open(string person, string authenticated, SessionProof proof)
    {
        foreach (var (hash, session) in _byHash)
            if (HasEnded(session)) _byHash.TryRemove(hash, out _);
        foreach (var (hash, _) in _byHash.Where(one => one.Value.Person == person).OrderByDescending(one => one.Value.Opened).Skip(MaxPerPerson - 1))
            _byHash.TryRemove(hash, out _);

        var id = Secret.Make();
        _byHash[Secret.HashOf(id)] = new(person, authenticated, proof, Secret.Make(), time.GetTimestamp());
        return id;
    }

    /// <param name="isUse">False for what a page asks by itself: an open tab nobody looks at is idle.</param>
    public Viewer? Find(string id, bool isUse)
    {
        var hash = Secret.HashOf(id);
        if (!_byHash.TryGetValue(hash, out var session)) return null;
        if (HasEnded(session) || PersonOf(session) is not { } person)
        {
            _byHash.TryRemove(hash, out _);
            return null;
        }

        if (isUse) session.Use(time.GetTimestamp());
        return new(person, session.Authenticated, session);
    }

    public void Close(string id) => _byHash.TryRemove(Secret.HashOf(id), out _);

    private bool HasEnded(Session session) =>
        time.GetElapsedTime(session.Opened) >= options.Value.SessionLength || time.GetElapsedTime(session.Used) >= options.Value.SessionIdle;

    /// <summary>People, keys and identities are asked anew each time: who was removed from the policy is out at once.</summary>
    private Person? PersonOf(Session session)
    {
        var (people, now) = (policies.Current.People, time.GetUtcNow());
        var person = people.Find(session.Person);
        var isProven = session.Proof switch
        {
            SessionProof.Key(var sha256) => person?.Keys.Any(key => key.Sha256 == sha256 && !(key.Expires <= now)) == true,
            SessionProof.Identity(var issuer, var subject) => people.Find(issuer, subject)?.Id == session.Person,
            SessionProof.Link => true,
            _ => false,
        };
        return isProven ? person : null;
    }
}
