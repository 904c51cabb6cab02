using System.Collections.Concurrent;
using AiAccessProxy.Ledger;
using AiAccessProxy.People;
using AiAccessProxy.Policies;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Control.SignIn;

/// <summary>
/// Every open session. In memory where one process has the ledger alone, and a restart signs everybody out; where several share it, in the ledger
/// (<see cref="SessionRoll"/>). A session is found by the hash of its id.
/// </summary>
internal sealed class SessionStore(PolicyStore policies, IOptions<ControlOptions> options, TimeProvider time, SessionRoll roll)
{
    /// <summary>Sessions a person may have at once; a further one ends the oldest.</summary>
    public const int MaxPerPerson = 20;

    private readonly ConcurrentDictionary<string, Session> _byHash = new(StringComparer.Ordinal);

    /// <summary>Always under a new id: one that a browser held before is worth nothing afterwards.</summary>
    /// <param name="record">That says so: a sign-in that cannot be recorded does not happen.</param>
    /// <exception cref="LedgerUnavailableException">It could not be recorded; there is no session.</exception>
    public async ValueTask<string> OpenAsync(string person, string authenticated, SessionProof proof, LedgerRecord record, CancellationToken cancellationToken)
    {
        var (id, session) = (Secret.Make(), new Session(person, authenticated, proof, Secret.Make(), time.GetTimestamp()));
        await roll.BeginAsync(Secret.HashOf(id), session, record, cancellationToken);
        foreach (var (hash, other) in _byHash)
            if (HasEnded(other)) _byHash.TryRemove(hash, out _);
        foreach (var (hash, _) in _byHash.Where(one => one.Value.Person == person).OrderByDescending(one => one.Value.Opened).Skip(MaxPerPerson - 1))
            _byHash.TryRemove(hash, out _);
        _byHash[Secret.HashOf(id)] = session;
        return id;
    }

    /// <param name="isUse">False for what a page asks by itself: an open tab nobody looks at is idle.</param>
    public async ValueTask<Viewer?> FindAsync(string id, bool isUse, CancellationToken cancellationToken)
    {
        var hash = Secret.HashOf(id);
        if (await StandingAsync(hash, isUse, cancellationToken) is not { } session || HasEnded(session) || PersonOf(session) is not { } person)
        {
            _byHash.TryRemove(hash, out _);
            return null;
        }

        if (isUse) session.Use(time.GetTimestamp());
        return new(person, session.Authenticated, session);
    }

    /// <exception cref="LedgerUnavailableException">It is over here, and other instances could not be told.</exception>
    public async ValueTask CloseAsync(string id, CancellationToken cancellationToken)
    {
        var hash = Secret.HashOf(id);
        _byHash.TryRemove(hash, out _);
        if (roll.IsShared) await roll.EndAsync(hash, cancellationToken);
    }

    private async ValueTask<Session?> StandingAsync(string hash, bool isUse, CancellationToken cancellationToken)
    {
        var here = _byHash.GetValueOrDefault(hash);
        if (!roll.IsShared) return here;
        try
        {
            if (await roll.FindAsync(hash, cancellationToken) is not var (state, revision)) return null;
            var session = _byHash.GetOrAdd(hash, _ => new(state.Person, state.Authenticated, state.Proof(), state.FormToken, Ago(state.Opened)));
            session.Use(Ago(state.Used));
            if (isUse && !HasEnded(session) && roll.Now - state.Used >= options.Value.SessionIdle / 10) await roll.UsedAsync(hash, state, revision);
            return session;
        }
        catch (LedgerUnavailableException)
        {
            // Nothing can be decided now; who is signed in here may go on looking at why.
            return here;
        }
    }

    /// <summary>The wall clock's moment as a time stamp of this process.</summary>
    private long Ago(DateTimeOffset moment) => time.GetTimestamp() - (long)((roll.Now - moment).TotalSeconds * time.TimestampFrequency);

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
