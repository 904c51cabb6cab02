using System.Runtime.CompilerServices;

namespace AiAccessProxy.Ledger;

/// <summary>
/// The only storage seam of the product: an append-only sequence of records, and registers that move only together with the record that
/// says so. Every method throws <see cref="LedgerUnavailableException"/> when the store cannot be used; nobody may act on what it did not record.
/// </summary>
internal interface ILedger
{
    /// <summary>The epoch as far as is known here: what counts is <see cref="Change.Epoch"/>, which the store itself compares.</summary>
    Epoch Epoch { get; }

    /// <summary>
    /// Appends a record that moves no register (a plain allow, a counted refusal). It has left the process when this returns, and is on disk by then or
    /// within a second, as <see cref="LedgerDurability"/> says.
    /// </summary>
    ValueTask<Position> AppendAsync(LedgerRecord record, CancellationToken cancellationToken);

    /// <summary>Appends all records and makes all moves, or none. As safe as the store makes anything when this returns <see cref="Outcome.Done"/>.</summary>
    /// <remarks>Once handed over a change is not withdrawn: cancelling stops the wait, not the change.</remarks>
    ValueTask<Outcome> CommitAsync(Change change, CancellationToken cancellationToken);

    ValueTask<Register?> ReadAsync(RegisterId id, CancellationToken cancellationToken);

    /// <summary>Those of the registers that stand at a later revision than is known of them. A move without a record (a lease that is kept alive) need not count.</summary>
    /// <param name="known">Each once.</param>
    /// <param name="upToNow">Whatever moved before it was asked; false: whatever moved as far as <see cref="ChangesAsync"/> has told, for what it has not told yet it will.</param>
    async IAsyncEnumerable<Register> ReadMovedAsync(
        IReadOnlyCollection<Seen> known, bool upToNow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (id, revision) in known)
            if (await ReadAsync(id, cancellationToken) is { } register && register.Revision > revision) yield return register;
    }

    /// <summary>The register that holds <paramref name="key"/>, live or ended and not yet forgotten.</summary>
    ValueTask<Register?> FindAsync(UniqueKey key, CancellationToken cancellationToken);

    /// <summary>Registers whose <see cref="Move.Due"/> is at or before <paramref name="before"/>.</summary>
    IAsyncEnumerable<Register> DueAsync(string kind, DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Live registers of the kind; of one group when <paramref name="group"/> is given.</summary>
    IAsyncEnumerable<Register> LiveAsync(string kind, string? group, CancellationToken cancellationToken);

    /// <summary>How many they are, without reading them. A hint: what counts is <see cref="Move.LiveLimit"/>.</summary>
    ValueTask<int> LiveCountAsync(string kind, string group, CancellationToken cancellationToken);

    /// <summary>Entries after <paramref name="after"/> in order, up to those that were there when it was asked.</summary>
    IAsyncEnumerable<Entry> ReadFromAsync(Position after, CancellationToken cancellationToken);

    /// <summary>Ids of registers that moved, from now on. A hint, never the truth: hints may be lost or come twice.</summary>
    IAsyncEnumerable<RegisterId> ChangesAsync(CancellationToken cancellationToken);
}
