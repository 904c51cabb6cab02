namespace AiAccessProxy.Ledger;

/// <summary>What any change must be, whatever ledger makes it.</summary>
internal static class ChangeShape
{
    /// <summary>The largest state of a register, in bytes.</summary>
    public const int MaxStateBytes = 1024 * 1024;

    /// <exception cref="ArgumentException">No ledger could ever make this change: the caller is wrong.</exception>
    public static void Validate(Change change)
    {
        if (change.Records.Count == 0 && (change.Moves.Count == 0 || !change.Moves.All(IsRenewal)))
            throw new ArgumentException("A change needs the record that says so.", nameof(change));
        if (change.Moves.Select(move => move.Id).Distinct().Count() != change.Moves.Count)
            throw new ArgumentException("A change moves each register once.", nameof(change));
        foreach (var move in change.Moves)
        {
            if (move.FromRevision < 0) throw new ArgumentException($"{move.Id}: a revision is 0 or more.", nameof(change));
            if (move.State.Length > MaxStateBytes)
                throw new ArgumentException($"{move.Id}: a state of {move.State.Length} bytes is over the limit of {MaxStateBytes}.", nameof(change));
            if (move.Id.Kind is not { Length: > 0 } kind || kind.Contains('/', StringComparison.Ordinal) || move.Id.Key is not { Length: > 0 })
                throw new ArgumentException($"{move.Id}: a register has a kind without a slash, and a key.", nameof(change));
            if (move.Unique.Select(claim => claim.Key).Distinct().Count() != move.Unique.Count)
                throw new ArgumentException($"{move.Id}: a move claims each key once.", nameof(change));
        }
    }

    /// <summary>A sign of life of a live register, of which there is nothing to say.</summary>
    private static bool IsRenewal(Move move) => move is { FromRevision: > 0, LiveGroup: not null };
}
