namespace AiAccessProxy.Ledger.Embedded;

/// <summary>Whether a change may be made to a book of registers, and what the book is afterwards. Pure.</summary>
internal static class ChangeRules
{
    /// <summary>The largest state of a register, in bytes.</summary>
    public const int MaxStateBytes = 1024 * 1024;

    /// <summary>The book after the change; or null with the reason, and then nothing has changed.</summary>
    /// <exception cref="ArgumentException">It would bring an ended register back to life, whose former state is erased.</exception>
    /// <remarks>In this order: the epoch, revisions and checks, deadlines, then move by move its keys and its limit.</remarks>
    public static RegisterBook? Apply(RegisterBook book, Change change, DateTimeOffset now, out Outcome? refusal)
    {
        refusal = Elsewhen(change) ?? Standing(book, change, now) ?? Late(change, now);
        foreach (var move in change.Moves)
        {
            if (refusal is null && move.LiveGroup is not null && book.Read(move.Id, now) is { IsLive: false })
                throw new ArgumentException($"{move.Id} has ended; it cannot live again.", nameof(change));
            refusal ??= Claims(book, move, now) ?? Limit(book, move);
            if (refusal is not null) return null;
            book = book.With(Held.After(move));
        }

        return refusal is null ? book : null;
    }

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

    private static Outcome.NewEpoch? Elsewhen(Change change) =>
        change.Epoch is { } epoch && epoch != Epoch.Only ? new Outcome.NewEpoch(Epoch.Only) : null;

    private static Outcome? Standing(RegisterBook book, Change change, DateTimeOffset now)
    {
        var expected = change.Moves.Select(move => new Check(move.Id, move.FromRevision)).Concat(change.Checks);
        foreach (var (id, revision) in expected)
        {
            var standing = book.Read(id, now);
            if ((standing?.Revision ?? 0) != revision) return new Outcome.Conflict(standing);
        }

        return null;
    }

    private static Outcome? Late(Change change, DateTimeOffset now) =>
        change.Moves.Any(move => move.NotAfter <= now) ? new Outcome.TooLate(now) : null;

    private static Outcome? Claims(RegisterBook book, Move move, DateTimeOffset now)
    {
        foreach (var claim in move.Unique)
        {
            if (book.Find(claim.Key, now) is not { } holder || holder.Id == move.Id) continue;
            if (holder.Id == claim.InsteadOf && !holder.IsLive) continue;
            return new Outcome.Conflict(holder);
        }

        return null;
    }

    private static Outcome? Limit(RegisterBook book, Move move) =>
        move is { FromRevision: 0, LiveLimit: { } limit, LiveGroup: { } group } && book.LiveCount(move.Id.Kind, group) >= limit
            ? new Outcome.LimitReached(limit)
            : null;
}
