using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using AiAccessProxy.Tokens;

namespace AiAccessProxy.People;

/// <summary>Every known person and group. Immutable; a reload swaps the whole directory.</summary>
internal sealed class PeopleDirectory
{
    private readonly FrozenDictionary<string, Person> _byId;
    private readonly FrozenDictionary<string, (Person Person, PersonKey Key)> _byKeyHash;
    private readonly FrozenDictionary<Identity, Person> _byIdentity;
    private readonly FrozenDictionary<string, FrozenSet<string>> _groups;

    public PeopleDirectory(IReadOnlyList<Person> people, IReadOnlyDictionary<string, IReadOnlyList<string>> groups)
    {
        _byId = people.ToFrozenDictionary(person => person.Id, StringComparer.Ordinal);
        _byKeyHash = people
            .SelectMany(person => person.Keys, (person, key) => (Person: person, Key: key))
            .ToFrozenDictionary(pair => pair.Key.Sha256, StringComparer.Ordinal);
        _byIdentity = people.SelectMany(person => person.Identities, (person, identity) => (person, identity))
            .ToFrozenDictionary(pair => pair.identity, pair => pair.person);
        _groups = groups.ToFrozenDictionary(
            group => group.Key, group => group.Value.ToFrozenSet(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    public static PeopleDirectory Empty { get; } = new([], new Dictionary<string, IReadOnlyList<string>>());

    public IReadOnlyList<Person> All => _byId.Values;

    public Person? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The person that <paramref name="key"/> proves at <paramref name="now"/>; null when it is unknown or has expired.</summary>
    public (Person Person, PersonKey Key)? Identify(string key, DateTimeOffset now)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        return _byKeyHash.TryGetValue(hash, out var found) && (found.Key.Expires is not { } expires || now < expires) ? found : null;
    }

    /// <summary>The person whom <paramref name="issuer"/> calls <paramref name="subject"/>; null when it is nobody, or would be two.</summary>
    public Person? Find(Issuer issuer, string subject)
    {
        var meant = Identity.Of(issuer, subject).Select(identity => _byIdentity.GetValueOrDefault(identity)).OfType<Person>().DistinctBy(person => person.Id);
        return meant.Take(2).ToList() is [var only] ? only : null;
    }

    /// <summary>The person who is this object in Entra ID; object ids are unique over its tenants.</summary>
    public Person? FindInEntra(Guid objectId) => _byIdentity.GetValueOrDefault(Identity.OfEntra(objectId.ToString("D")));

    /// <summary>The groups that a person is in, by name.</summary>
    public IReadOnlyList<string> GroupsOf(string person) =>
        [.. _groups.Where(group => group.Value.Contains(person)).Select(group => group.Key).Order(StringComparer.Ordinal)];

    /// <summary>Whether <paramref name="person"/> is meant by <paramref name="reference"/>: <c>group:finance</c> or <c>person:ada</c>.</summary>
    public bool Matches(string reference, string person) => reference.Split(':', 2) switch
    {
        ["group", var group] => _groups.TryGetValue(group, out var members) && members.Contains(person),
        ["person", var id] => id == person && _byId.ContainsKey(id),
        _ => false,
    };
}
