namespace AiAccessProxy.Policies.Files;

/// <summary>Reads what keys of agents and of people have in common, and sees that no two keys are the same.</summary>
internal sealed class KeyReader
{
    private readonly Dictionary<string, string> _owners = new(StringComparer.Ordinal);

    /// <summary>Null, and reported, when anything is wrong with it.</summary>
    /// <param name="ids">Ids of keys of the same holder so far.</param>
    public (string Id, string Sha256, DateTimeOffset? Expires)? Read(Section key, string holder, HashSet<string> ids)
    {
        var id = key.Id();
        if (id is not null && !ids.Add(id)) key.Report("id", $"{holder} has a key {id} already", "give each key an id of its own");
        var sha256 = Sha256(key, $"{holder}'s key {id}");
        var expires = Moment.Read(key, "expires");
        return id is null || sha256 is null ? null : (id, sha256, expires);
    }

    private string? Sha256(Section key, string holder)
    {
        if (key.Required("sha256", "write what aiaccess agents key create prints: the SHA-256 of the key's text, 64 hex digits") is not { } written) return null;
        var hash = written.Text.ToLowerInvariant();
        if (hash.Length != 64 || !hash.All(char.IsAsciiHexDigitLower))
        {
            key.Source.Report(written, "this is no SHA-256", "write the SHA-256 of the key's text, 64 hex digits");
            return null;
        }

        // One secret for two would let an agent pass for a person.
        if (_owners.TryAdd(hash, holder)) return hash;
        key.Source.Report(written, $"this is {_owners[hash]} as well", "make a key for each; a secret that two share proves neither");
        return null;
    }
}
