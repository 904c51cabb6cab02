using System.Runtime.CompilerServices;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Control.Reading;

/// <summary>
/// Searches the ledger page by page. A page costs no more than so many entries, whatever is asked: one that ends early says where to go on. What
/// is recorded meanwhile moves no page, since pages are told by positions.
/// </summary>
internal sealed class LedgerPages(ILedger ledger, LedgerReading reading)
{
    /// <summary>Entries that one page looks at, at most.</summary>
    public const int MostLookedAt = 20_000;

    private const int Block = 512;

    /// <summary>The newest first.</summary>
    /// <param name="before">Entries before this only; null for the newest.</param>
    /// <exception cref="LedgerUnavailableException">The ledger cannot be read.</exception>
    public async ValueTask<LedgerPage> NewestAsync(LedgerQuery query, Position? before, int count, CancellationToken cancellationToken)
    {
        await reading.CatchUpAsync(cancellationToken);
        var end = Math.Min((before?.Number ?? long.MaxValue) - 1, reading.Read.Number);
        if (query.Until is { } until) end = Math.Min(end, (await FirstAtAsync(until, cancellationToken)) - 1);

        var (found, looked, at) = (new List<Entry>(), 0, (DateTimeOffset?)null);
        for (; end > 0; end -= Block)
        {
            foreach (var entry in Enumerable.Reverse(await BlockAsync(end, cancellationToken)))
            {
                if (entry.StoredAt < query.Since) return new(found, null, entry.StoredAt);
                if (found.Count == count || looked == MostLookedAt) return new(found, new(entry.Position.Number + 1), at);
                (looked, at) = (looked + 1, entry.StoredAt);
                if (query.Matches(entry)) found.Add(entry);
            }
        }

        return new(found, null, at);
    }

    /// <summary>The oldest first.</summary>
    /// <param name="after">Entries after this only; null for the oldest.</param>
    /// <exception cref="LedgerUnavailableException">The ledger cannot be read.</exception>
    public async ValueTask<LedgerPage> OldestAsync(LedgerQuery query, Position? after, int count, CancellationToken cancellationToken)
    {
        var (found, looked, at, last) = (new List<Entry>(), 0, (DateTimeOffset?)null, after ?? Position.Start);
        await foreach (var entry in FromAsync(query, last, cancellationToken))
        {
            if (entry.StoredAt >= query.Until) break;
            if (found.Count == count || looked == MostLookedAt) return new(found, last, at);
            (looked, at, last) = (looked + 1, entry.StoredAt, entry.Position);
            if (query.Matches(entry)) found.Add(entry);
        }

        return new(found, null, at);
    }

    /// <summary>Everything that a query asks for, the oldest first, up to what was there when it was asked.</summary>
    /// <exception cref="LedgerUnavailableException">The ledger cannot be read.</exception>
    public async IAsyncEnumerable<Entry> AllAsync(LedgerQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in FromAsync(query, Position.Start, cancellationToken))
        {
            if (entry.StoredAt >= query.Until) yield break;
            if (query.Matches(entry)) yield return entry;
        }
    }

    private async IAsyncEnumerable<Entry> FromAsync(LedgerQuery query, Position after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var from = after.Number;
        if (query.Since is { } since)
        {
            await reading.CatchUpAsync(cancellationToken);
            from = Math.Max(from, await FirstAtAsync(since, cancellationToken) - 1);
        }

        await foreach (var entry in ledger.ReadFromAsync(new(from), cancellationToken)) yield return entry;
    }

    /// <summary>The entries up to <paramref name="end"/>, as many as a block has.</summary>
    private async ValueTask<List<Entry>> BlockAsync(long end, CancellationToken cancellationToken)
    {
        var block = new List<Entry>(Block);
        await foreach (var entry in ledger.ReadFromAsync(new(Math.Max(0, end - Block)), cancellationToken))
        {
            if (entry.Position.Number > end) break;
            block.Add(entry);
        }

        return block;
    }

    /// <summary>The first position at or after a time, by halving: the store's clock does not go back. One more than the last when there is none.</summary>
    private async ValueTask<long> FirstAtAsync(DateTimeOffset time, CancellationToken cancellationToken)
    {
        var (low, high) = (1L, reading.Read.Number + 1);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (await StoredAtAsync(middle, cancellationToken) is not { } at || at >= time) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    private async ValueTask<DateTimeOffset?> StoredAtAsync(long position, CancellationToken cancellationToken)
    {
        await foreach (var entry in ledger.ReadFromAsync(new(position - 1), cancellationToken)) return entry.StoredAt;
        return null;
    }
}
