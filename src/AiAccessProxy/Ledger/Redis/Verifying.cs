namespace AiAccessProxy.Ledger.Redis;

/// <summary>
/// Whether a register that the store shows is the one that stands: sealed by one of us, and with the very seal that the stream names for its last
/// move. Whoever can write to the store can neither make such a state nor bring back an old one.
/// </summary>
internal sealed class Verifying(Store store, RegisterSeal seals, Following following, RedisAlarms alarms)
{
    /// <summary>So often a register is read again because it moved while it was looked at.</summary>
    private const int MaxTries = 20;

    /// <summary>How they stand, in the order of the names; null where there is none.</summary>
    /// <param name="names">As <see cref="Store.ReadAsync"/> takes them.</param>
    /// <exception cref="LedgerUnavailableException">The store cannot be asked, or one of them was altered.</exception>
    public async Task<IReadOnlyList<OpenRegister?>> ReadAsync(IReadOnlyList<string> names)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var (tip, found) = await store.ReadAsync(names);
            await following.UpToAsync(tip.Last);
            var standing = new List<OpenRegister?>();
            foreach (var one in found)
            {
                if (await JudgeAsync(one, tip) is not { } judged) break;
                standing.Add(judged.Register);
            }

            if (standing.Count == found.Count) return standing;
        }

        throw new LedgerUnavailableException($"{names[0]} moved {MaxTries} times while it was read.");
    }

    /// <summary>Reads on to where the stream ends now.</summary>
    /// <exception cref="LedgerUnavailableException">The store cannot be asked.</exception>
    public async Task<Tip> CatchUpAsync()
    {
        var (tip, _) = await store.ReadAsync([]);
        await following.UpToAsync(tip.Last);
        return tip;
    }

    /// <summary>The register that a unique key leads to, if its own seal says that it holds the key.</summary>
    public async Task<OpenRegister?> FindAsync(UniqueKey key)
    {
        var found = (await ReadAsync([$"={key.Value}"]))[0];
        if (found is null || found.Header.Keys.Contains(key.Value)) return found;
        alarms.Tampered($"The key {key.Value}", $"leads to {found.Header.Id}, which does not hold it");
        return null;
    }

    /// <summary>Opens an envelope as far as that can be without the stream: for what is only told, never used.</summary>
    public OpenRegister? Open(FoundRegister found)
    {
        if (!found.IsThere) return null;
        var opened = seals.Open(found.Envelope);
        if (opened is null || opened.Header.Id != found.Name || $"{opened.Header.Revision}" != found.Revision)
            throw alarms.Tampered(found.Name, "was not written by any instance, or changed since");
        return opened;
    }

    /// <summary>Null when the register moved since the answer, so that nothing can be said of it.</summary>
    private async Task<Judged?> JudgeAsync(FoundRegister found, Tip tip)
    {
        if (found.Name.Length == 0) return new(null);
        if (Open(found) is not { } opened)
        {
            var mark = following.Marks.Of(found.Name);
            if (mark?.At > tip.Last) return null;
            // A moment of mercy: the mark is forgotten by the clock of the answer.
            if (mark is null || mark.IsForgotten(tip.Now)) return new(null);
            throw alarms.Tampered(found.Name, $"is gone, and stood at revision {mark.Revision}");
        }

        var header = opened.Header;
        await following.BackToAsync(header.Born);
        if (following.Marks.Of(header.Id) is not { } standing) throw alarms.Tampered(header.Id, $"is at revision {header.Revision}, of which no record tells");
        if (standing.At > tip.Last) return null;
        var isIt = header.After is null
            ? standing.Revision == header.Revision && standing.Seal == opened.Seal && standing.Kept <= header.Revision
            : standing.Seal == header.After && header.Revision >= standing.Kept;
        if (!isIt) throw alarms.Tampered(header.Id, $"was put back to revision {header.Revision}, or to another state than its records tell of");
        if (header.After is not null) following.Marks.Keep(header.Id, header.After, header.Revision);
        return new(opened);
    }

    private readonly record struct Judged(OpenRegister? Register);
}
