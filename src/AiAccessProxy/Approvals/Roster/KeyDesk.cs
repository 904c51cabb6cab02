using System.Security.Cryptography;
using System.Text;
using AiAccessProxy.Agents;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Approvals.Roster;

/// <summary>
/// Makes, rotates and revokes agents' keys at run time. The text of a key is known to whoever had it made and is kept nowhere; what is kept is
/// its SHA-256.
/// </summary>
internal sealed class KeyDesk(RosterDecisions decisions)
{
    /// <summary>What every agent's key begins with, so that scanners for secrets can look for it.</summary>
    public const string Prefix = "aia_";

    /// <summary>A key that replaces none.</summary>
    /// <param name="request">The caller's own name of this request, so that its repeat makes no second key; null when it has none.</param>
    public ValueTask<(RosterOutcome Outcome, NewKey Text)> CreateAsync(
        string agent, Deciding by, (string? OnBehalfOf, DateTimeOffset? Expires) asked, string? request) => MakeAsync(
            agent, by, (asked.Expires, Repeatable("create", agent, by, request)), RecordKind.KeyCreated, null,
            (standing, agents, wish) => KeyMoves.Create(standing, agents, wish with { Key = wish.Key with { OnBehalfOf = asked.OnBehalfOf } }, decisions.Now));

    /// <summary>A key in place of another, which is good for <paramref name="overlap"/> longer.</summary>
    public ValueTask<(RosterOutcome Outcome, NewKey Text)> RotateAsync(
        string agent, Deciding by, string key, (DateTimeOffset? Expires, TimeSpan Overlap) asked, string? request) => MakeAsync(
            agent, by, (asked.Expires, Repeatable($"rotate/{key}", agent, by, request)), RecordKind.KeyRotated, key,
            (standing, agents, wish) => KeyMoves.Rotate(standing, agents, key, wish, asked.Overlap, decisions.Now));

    /// <summary>From when this returns on, the key proves nobody in this instance; in others within two seconds.</summary>
    public ValueTask<RosterOutcome> RevokeAsync(string agent, Deciding by, string key, string? why) => decisions.DecideAsync(
        agent,
        (known, rules) => Operators.WhyNotStop(known, by.Person.Id, rules),
        (known, rules, standing) => KeyMoves.Revoke(standing, rules.Agents, key, by.Person.Id, decisions.Now) switch
        {
            RosterOutcome.Done { Changed: true } done => new(
                done, done.Standing, decisions.RecordOf(RecordKind.KeyRevoked, known, by) with { Key = new(key), Detail = why }),
            var other => new(other),
        });

    private async ValueTask<(RosterOutcome Outcome, NewKey Text)> MakeAsync(
        string agent, Deciding by, (DateTimeOffset? Expires, string? Request) asked, string kind, string? insteadOf,
        Func<AgentStanding, AgentDirectory, KeyWish, RosterOutcome> make)
    {
        var text = NewKey.Create(Prefix);
        var what = await decisions.DecideAsync(
            agent,
            (_, rules) => Operators.WhyNotLet(by.Person.Id, rules),
            (known, rules, standing) =>
            {
                var wish = new KeyWish(new(NewId(KeyList.Of(standing, rules.Agents)), text.Sha256, asked.Expires, null), by.Person.Id, asked.Request);
                var outcome = make(standing, rules.Agents, wish);
                return outcome is RosterOutcome.KeyMade made
                    ? new(made, made.Standing, decisions.RecordOf(kind, known, by) with
                    {
                        Key = new(made.Key.Key.Id, made.Key.Key.Expires, made.Key.Key.OnBehalfOf, insteadOf),
                    })
                    : new(outcome);
            });
        return (what, text);
    }

    /// <summary>No id that any key of the agent has, so that records tell keys apart.</summary>
    private static string NewId(KeyList known)
    {
        while (true)
        {
            var id = $"k-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
            if (known.Find(id) is null) return id;
        }
    }

    private static string? Repeatable(string what, string agent, Deciding by, string? request) => request is null
        ? null
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{what}\n{agent}\n{by.Person.Id}\n{request}")));
}
