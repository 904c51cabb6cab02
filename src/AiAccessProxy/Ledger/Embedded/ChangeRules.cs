namespace AiAccessProxy.Ledger.Embedded;

/// <summary>Whether a change may be made to a book of registers, and what the book is afterwards. Pure.</summary>
internal static class ChangeRules
{
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
